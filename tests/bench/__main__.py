"""``python -m tests.bench [relay consume latency command start page city rebuild] [--write]``: the table of ratios."""

import logging
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from shared.run import observability
from shared.testing.parts import Kafka, PostgreSQL
from tests.bench import city, command, consume, latency, page, rebuild, relay, start
from tests.bench.ground import Figure, Ground

MEASURES = {
    m.__name__.rsplit(".", 1)[1]: m
    for m in (relay, consume, latency, command, start, page, city, rebuild)
}
DOCUMENT = Path(__file__).parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- figures:begin -->", "<!-- figures:end -->"


def table(figures: list[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = ["| figure | baseline in the same run | ratio | must | aim | reached | measured |"]
    rows.append("|---|---|---:|---:|---:|---|---|")
    for f in figures:
        sign = "≤" if f.at_most else "≥"
        rows.append(
            f"| {f.name} | {f.baseline} | **{f.ratio:.2f}** | {sign} {f.must:g} | {sign} {f.aim:g} "
            f"| {f.reached} | {f.detail} |"
        )
    return "\n".join(rows)


def measured(names: list[str], ground: Ground) -> Iterator[Figure]:
    """Each figure as soon as it is known."""
    for name in names:
        for figure in MEASURES[name].measure(ground):
            print(f"{figure.name} / {figure.baseline}: {figure.ratio:.2f}  ({figure.detail})")
            sys.stdout.flush()
            yield figure


def main(arguments: list[str]) -> None:
    """Measure what is named (everything by default); ``--write`` puts the table in the docs."""
    observability.configure("ERROR")
    logging.getLogger("aiokafka").setLevel(logging.ERROR)
    names = [a for a in arguments if not a.startswith("-")] or list(MEASURES)
    with (
        tempfile.TemporaryDirectory() as folder,
        Kafka() as kafka,
        PostgreSQL() as postgresql,
    ):
        figures = list(measured(names, Ground(kafka, postgresql, Path(folder))))
    text = table(figures)
    print(f"\n{text}")
    if "--write" in arguments:
        before, _, rest = DOCUMENT.read_text().partition(BEGIN)
        _, _, after = rest.partition(END)
        DOCUMENT.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


if __name__ == "__main__":
    main(sys.argv[1:])
