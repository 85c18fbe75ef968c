"""What French readers see: amounts, dates, durations; unknown is said, never zero."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment

from shared.web import formats

ISLAND = ZoneInfo("Indian/Reunion")
NOW = datetime(2027, 1, 12, 4, 4, tzinfo=UTC)  # 8 h 04 on the island


def plain(text: str) -> str:
    """The same text with ordinary spaces, to read the expectations."""
    return text.replace(formats.NBSP, " ")


@pytest.mark.parametrize(
    "value, text",
    [
        (Decimal("1974.70"), "1 974,70 €"),
        ("252570", "252 570,00 €"),
        (0, "0,00 €"),
        ("-25.3", "− 25,30 €"),
        ("-0.001", "0,00 €"),
        (Decimal("0.005"), "0,01 €"),
        ("1234567.895", "1 234 567,90 €"),
        (None, "inconnu"),
    ],
)
def test_amounts_have_two_decimals_and_the_sign_after(
    value: Decimal | str | int | None, text: str
) -> None:
    assert plain(formats.euros(value)) == text


def test_no_space_of_an_amount_can_break_a_line() -> None:
    assert " " not in formats.euros("1974.70") + formats.euros("-1974.70", sign=True)


def test_a_difference_shows_its_sign() -> None:
    assert plain(formats.euros("65.10", sign=True)) == "+ 65,10 €"
    assert plain(formats.euros("0", sign=True)) == "0,00 €"
    assert plain(formats.euros("1200", cents=False)) == "1 200 €"


def test_a_float_is_refused_as_an_amount() -> None:
    with pytest.raises(TypeError):
        formats.euros(19.9)  # type: ignore[arg-type]


def test_numbers_are_grouped_by_three_with_a_comma() -> None:
    assert plain(formats.number(1200)) == "1 200"
    assert plain(formats.number("8.5")) == "8,5"
    assert plain(formats.number("12345.678", 1)) == "12 345,7"
    assert formats.number(None) == "inconnu"


def test_the_plural_starts_at_two() -> None:
    assert plain(formats.plural(0, "tâche")) == "0 tâche"
    assert plain(formats.plural(1, "tâche")) == "1 tâche"
    assert plain(formats.plural(2, "tâche")) == "2 tâches"
    assert plain(formats.plural(1200, "travail", "travaux")) == "1 200 travaux"
    assert plain(formats.plural(-2, "jour")) == "− 2 jours"
    assert plain(formats.plural(None, "tâche")) == "tâche : inconnu"


def test_days_are_written_in_full_or_short() -> None:
    assert plain(formats.day(date(2027, 3, 20))) == "samedi 20 mars 2027"
    assert plain(formats.day(date(2027, 5, 1), year=False)) == "samedi 1er mai"
    assert plain(formats.day(date(2028, 2, 29), weekday=False)) == "29 février 2028"
    assert plain(formats.short_day(date(2027, 2, 1))) == "1er févr."
    assert plain(formats.short_day(date(2027, 1, 8), weekday=True)) == "ven. 8 janv."
    today = date(2027, 1, 12)
    assert plain(formats.short_day(date(2026, 12, 5), today=today)) == "5 déc. 2026"
    assert plain(formats.short_day(date(2027, 12, 5), today=today)) == "5 déc."
    assert formats.day(None) == formats.short_day(None) == "inconnue"


def test_hours_leave_out_minutes_on_the_hour() -> None:
    assert plain(formats.hour(time(8, 4))) == "8 h 04"
    assert plain(formats.hour(time(20, 0))) == "20 h"
    assert plain(formats.hour(time(0, 30))) == "0 h 30"
    assert formats.hour(None) == "inconnue"


def test_a_moment_is_told_in_the_zone_of_the_city() -> None:
    late = datetime(2026, 12, 31, 21, 15, tzinfo=UTC)
    assert plain(formats.moment(late, zone=ISLAND)) == "1er janvier 2027 à 1 h 15"
    assert plain(formats.day(late, zone=ISLAND)) == "vendredi 1er janvier 2027"
    assert plain(formats.moment(NOW, weekday=True, zone=ISLAND)) == (
        "mardi 12 janvier 2027 à 8 h 04"
    )
    assert formats.moment(None) == "inconnu"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        formats.moment(datetime(2027, 1, 12, 8, 4), zone=ISLAND)  # noqa: DTZ001


@pytest.mark.parametrize(
    "value, text",
    [
        (NOW - timedelta(seconds=20), "à l’instant"),
        (NOW - timedelta(minutes=1), "il y a une minute"),
        (NOW - timedelta(minutes=5), "il y a 5 minutes"),
        (NOW + timedelta(minutes=5), "dans 5 minutes"),
        (NOW - timedelta(hours=3), "il y a 3 heures"),
        (NOW + timedelta(hours=1), "dans une heure"),
        (NOW - timedelta(hours=10), "hier"),
        (NOW - timedelta(days=12), "il y a 12 jours"),
        (NOW + timedelta(days=67), "dans 67 jours"),
        (date(2027, 1, 12), "aujourd’hui"),
        (date(2027, 1, 13), "demain"),
        (date(2027, 1, 10), "avant-hier"),
        (None, "inconnu"),
    ],
)
def test_distances_are_told_as_people_say_them(value: date | datetime | None, text: str) -> None:
    assert plain(formats.ago(value, NOW, ISLAND)) == text


def test_slack_grows_louder() -> None:
    said = [plain(formats.slack(days)) for days in (-3, 0, 2, 13, None)]
    assert said == ["3 j de retard", "dernier jour", "2 j de marge", "13 j de marge", "inconnue"]
    levels = [formats.slack_level(days) for days in (-3, 0, 5, 6, None)]
    assert levels == ["late", "soon", "soon", "calm", "unknown"]
    assert formats.slack_level(6, soon=8) == "soon"
    assert plain(formats.slack(13, suffix=False)) == "13 j"


@pytest.mark.parametrize(
    "used, words, level",
    [
        (31, "libre 4 h", "free"),
        (32, "presque plein", "near"),
        (35, "plein", "full"),
        (42, "trop de 7 h", "over"),
        (None, "inconnu", "unknown"),
    ],
)
def test_room_is_said_in_words(used: int | None, words: str, level: str) -> None:
    assert plain(formats.room(used, 35, "h")) == words
    assert formats.room_level(used, 35) == level
    assert plain(formats.room(3, 0)) == "trop de 3"


def test_small_words() -> None:
    assert formats.listed(["a", "b", "c"]) == "a, b et c"
    assert formats.listed(["a", "b"], "ou") == "a ou b"
    assert formats.listed(["a"]) == "a"
    assert formats.listed([]) == ""
    assert plain(formats.working_days(1)) == "1 jour ouvré"
    assert plain(formats.working_days(12)) == "12 jours ouvrés"
    assert formats.known(None) == formats.known("") == "inconnu"
    assert formats.known(0) == 0
    assert plain(formats.size(640)) == "640 octets"
    assert plain(formats.size(3_400_000)) == "3,4 Mo"


def test_typesetting_only_swaps_spaces_and_apostrophes() -> None:
    typed = "L'offre dit : « Prêt ? » Il manque 12 € ; voir http://exemple.re/a?b"
    done = formats.typeset(typed)
    assert plain(done) == typed.replace("'", "’")
    assert done.count(formats.NBSP) == 6
    assert formats.typeset(None) == ""


def test_filters_know_the_zone_and_the_day() -> None:
    environment = Environment(autoescape=True)
    formats.install(environment, ISLAND, lambda: NOW)
    template = environment.from_string(
        "{{ m|moment }}, {{ m|hour }}, {{ d|short_day }}, {{ m|ago }}, {{ 3|plural('oeuf') }}, "
        "{{ a|euros(sign=true) }}, {{ d|day(year=false) }}"
    )
    text = plain(template.render(m=NOW, d=date(2026, 12, 5), a=Decimal(3)))
    assert text == (
        "12 janvier 2027 à 8 h 04, 8 h 04, 5 déc. 2026, à l’instant, 3 oeufs, + 3,00 €, "
        "samedi 5 décembre"
    )


def test_importing_formats_loads_no_locale_data() -> None:
    code = "import sys, shared.web.formats; print('babel' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
