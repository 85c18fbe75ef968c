"""Writes an example message of each event that has none: ``python -m tests.contracts.examples``.

An example is a CloudEvent in structured JSON, as departments receive it. What was committed is
never changed nor deleted: it stands for the messages that the log holds for ever. A field added
later is shown by a second example (0002.json), written by hand or by this with ``--again <type>``.
"""

import json
import sys
from pathlib import Path

from services.__main__ import product as product
from services.integration.queries import message

FOLDER = Path(__file__).parent


def known():
    """Every class of event that this build can meet on the log."""
    return {cls.type: cls for cls in product.known}


def write(again=()):
    """Write what is missing; says which files."""
    for kind, cls in known().items():
        folder = FOLDER / kind
        kept = sorted(folder.glob("*.json"))
        if not kept or kind in again:
            folder.mkdir(exist_ok=True)
            file = folder / f"{len(kept) + 1:04}.json"
            text = json.dumps(message(cls), ensure_ascii=False, indent=2)
            file.write_text(text + "\n", encoding="utf-8")
            print(file.relative_to(FOLDER))


if __name__ == "__main__":
    write(again=sys.argv[2:])
