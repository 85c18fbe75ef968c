"""Writes the documents that are made from the code: ``python -m tests.architecture.documents``."""

import re
import subprocess
import sys
from pathlib import Path

from shared.log.catalogue.markdown import as_markdown
from shared.run.settings import as_markdown as settings_as_markdown
from tests.architecture.the_product import ROOT as ROOT
from tests.architecture.the_product import product

MARKS = ("<!-- events:begin -->", "<!-- events:end -->")


def errors():
    """``docs/errors.md``, as a new process prints it."""
    printed = subprocess.run(
        [sys.executable, "-m", "services", "problems"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return printed.stdout


def event_map():
    """The table between the marks of README.md."""
    lines = ["| from | event | heard by |", "|---|---|---|"]
    lines += [
        f"| {producer} | `{event}` | {', '.join(hearers) or 'departments'} |"
        for producer, event, hearers in product.event_map()
    ]
    return "\n".join(lines)


def readme():
    """``README.md`` with the map of events as it is declared."""
    begin, end = MARKS
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    held = re.compile(f"{begin}.*{end}", re.DOTALL)
    assert held.search(text), f"README.md has lost its marks {MARKS}"
    return held.sub(lambda _: f"{begin}\n\n{event_map()}\n\n{end}", text)


def catalogue():
    """``docs/events.md``: every event with its fields."""
    return as_markdown(product.services, product.hearers)


DOCUMENTS = {
    Path("README.md"): readme,
    Path("docs/errors.md"): errors,
    Path("docs/events.md"): catalogue,
    Path("docs/settings.md"): settings_as_markdown,
}


def write():
    """Write them all."""
    for path, make in DOCUMENTS.items():
        (ROOT / path).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    write()
