"""Pictures: always well formed, always escaped, true to their scale, honest about the unknown."""

import itertools
import re
from decimal import Decimal
from xml.etree import ElementTree as Xml

import pytest
from markupsafe import Markup

from shared.web.pictures import (
    Part,
    Row,
    capacity_bar,
    definitions,
    mark,
    stacked_bar,
    step_blocks,
    swatch,
    thread,
)

NASTY = '<script>alert("x")</script> & « cie »'


def read(picture: Markup) -> Xml.Element:
    """Fails when it is not well-formed XML."""
    return Xml.fromstring(picture)  # noqa: S314 - our own markup


def widths(picture: Markup) -> list[float]:
    """The shares of the shapes of a bar, gaps left out."""
    return [
        float(shape.get("width", "")[:-1])
        for shape in read(picture)
        if shape.get("width", "").endswith("%")
    ]


PARTS = [
    Part("Payé", Decimal(300), "dark"),
    Part("Engagé", Decimal(410)),
    Part("Réservé", Decimal(640), "hatched"),
    Part("Celui-ci", Decimal(980), "accent"),
]


def test_parts_and_what_is_left_fill_the_bar() -> None:
    shares = widths(stacked_bar(PARTS, Decimal(3200)))
    assert len(shares) == 5
    assert sum(shares) == pytest.approx(100, abs=0.1)
    assert shares[2] == pytest.approx(20)


def test_two_bars_on_one_scale_can_be_compared() -> None:
    before = widths(stacked_bar(PARTS[:2], Decimal(1600), scale=Decimal(3200)))
    after = widths(stacked_bar(PARTS[:2], Decimal(3200), scale=Decimal(3200)))
    assert before[:2] == after[:2]
    assert sum(before) == pytest.approx(50, abs=0.1)


def test_the_smallest_part_stays_visible() -> None:
    shares = widths(stacked_bar([Part("a", 1), Part("b", 60_000)], 100_000))
    assert min(shares) >= 1
    assert sum(shares) == pytest.approx(100, abs=0.1)


def test_what_passes_the_total_shows_where_the_total_was() -> None:
    picture = stacked_bar([Part("a", 90), Part("b", 60)], 100)
    assert sum(widths(picture)) == pytest.approx(100, abs=0.1)
    assert 'class="rk-f-ink"' in picture
    assert "rk-f-open" not in picture


@pytest.mark.parametrize("total", [0, Decimal(0)])
def test_a_bar_of_nothing_is_an_empty_outline(total: Decimal | int) -> None:
    picture = stacked_bar([Part("a", 0)], total)
    assert widths(picture) == [100]
    assert "rk-f-open" in picture


def test_an_unknown_amount_gives_a_word_and_no_bar() -> None:
    for picture in (
        stacked_bar(PARTS, None),
        stacked_bar([Part("a", None)], 100),
        capacity_bar(None, 35),
        capacity_bar(3, None),
    ):
        assert "inconnu" in picture
        assert "<svg" not in picture
    assert "inconnue" in step_blocks(None, 8)


def test_a_bar_without_words_is_silent_and_with_words_is_an_image() -> None:
    assert read(stacked_bar(PARTS, 3200)).get("aria-hidden") == "true"
    told = read(stacked_bar(PARTS, 3200, label=NASTY))
    assert told.get("role") == "img"
    assert told.get("aria-label") == NASTY


def test_hatches_are_on_the_shape_and_defined_in_the_page() -> None:
    assert 'fill="url(#rk-hatch)"' in stacked_bar(PARTS, 3200)
    assert 'fill="url(#rk-hatch-over)"' in capacity_bar(42, 35)
    names = {pattern.get("id") for pattern in read(definitions()).iter("pattern")}
    assert names == {"rk-hatch", "rk-hatch-over"}


def test_capacity_shows_its_tick_and_what_overflows() -> None:
    assert "rk-hatch-over" not in capacity_bar(35, 35)
    over = read(capacity_bar(42, 35))
    assert len(over.findall("rect")) == 4
    assert read(capacity_bar(0, 0)) is not None
    assert read(capacity_bar(3, 0)) is not None


def test_blocks_show_past_present_and_to_come() -> None:
    blocks = read(step_blocks(4, 8, also={5}))
    kinds = [block.get("class") for block in blocks]
    assert kinds == [*["rk-f-mid"] * 3, "rk-f-ink", "rk-f-ring", *["rk-f-open"] * 3]
    assert {block.get("class") for block in read(step_blocks(9, 8))} == {"rk-f-mid"}


def test_the_mark_has_eight_dots_and_one_speaks() -> None:
    dots = [dot.get("class") for dot in read(mark())]
    assert len(dots) == 8
    assert dots.count("rk-f-accent") == 1


def test_every_swatch_is_well_formed() -> None:
    for kind in ("dark", "mid", "hatched", "accent", "open"):
        assert read(swatch(kind)) is not None


# The thread ---------------------------------------------------------------------------------


def rows(count: int, lanes: int = 5) -> list[Row]:
    return [
        Row(
            key=f"k{n}",
            title=f"Fait {n}",
            lane=f"Service {n % lanes}",
            when=f"{n} mars",
            cause=f"k{n // 2}" if n else None,
            by="person" if n % 3 else "follows",
            state="done" if n < count * 0.8 else "awaited",
        )
        for n in range(count)
    ]


def test_a_thread_has_a_mark_a_curve_and_a_text_for_each_row() -> None:
    picture = read(thread(rows(10)))
    assert len(picture.findall("g")) == 10
    curves = [p for p in picture.iter("path") if "rk-t-curve" in p.get("class", "")]
    assert len(curves) == 9
    titles = [t.text for t in picture.iter("text") if "rk-t-title" in t.get("class", "")]
    assert titles == [f"Fait {n}" for n in range(10)]


def test_a_long_thread_keeps_its_rows_apart_and_inside() -> None:
    picture = read(thread(rows(200, lanes=12)))
    height = float(picture.get("height", "0"))
    places = [float(re.findall(r"[\d.]+", g.get("transform", ""))[1]) for g in picture.iter("g")]
    assert len(places) == 200
    assert min(b - a for a, b in itertools.pairwise(places)) >= 30
    assert max(places) < height
    longest = max(float(x) for x in re.findall(r'rk-t-title[^"]*" x="([\d.]+)"', thread(rows(200))))
    assert float(picture.get("width", "0")) > longest + 300


def test_an_effect_whose_cause_is_not_there_has_an_open_end() -> None:
    lone = thread([Row("a", "A", "X", cause="elsewhere")])
    assert lone.count("rk-t-curve") == 1
    upside_down = thread([Row("a", "A", "X", cause="b"), Row("b", "B", "X")])
    assert upside_down.count("rk-t-curve") == 1
    itself = thread([Row("a", "A", "X", cause="a")])
    assert "rk-t-curve" not in itself


def test_today_stands_before_what_has_not_happened() -> None:
    done, later = Row("a", "A", "X"), Row("b", "B", "X", state="awaited")
    picture = thread([done, later], today="Aujourd’hui")
    assert "Aujourd’hui" in picture
    rule = re.search(r'rk-t-rule" d="M0 ([\d.]+)H', picture)
    assert rule is not None
    marks = [float(y) for y in re.findall(r'<g transform="translate\([\d.]+ ([\d.]+)\)"', picture)]
    assert marks[0] < float(rule[1]) < marks[1]
    assert "rk-t-rule" not in thread([done], today="")


def test_a_thread_escapes_its_texts() -> None:
    picture = thread([Row("a", NASTY, NASTY, when=NASTY, detail=NASTY)], today=NASTY, label=NASTY)
    assert read(picture) is not None
    assert "<script" not in picture


def test_a_text_too_long_is_cut_before_the_edge() -> None:
    picture = thread([Row("a", "mot " * 100, "X")])
    title = next(t.text for t in read(picture).iter("text") if "rk-t-title" in t.get("class", ""))
    assert title is not None
    assert title.endswith("…")
    assert len(title) < 100


def test_no_row_no_picture() -> None:
    assert thread([]) == ""
