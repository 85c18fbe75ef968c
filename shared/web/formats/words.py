"""Words and what surrounds them: what is unknown, lists, the spaces and apostrophes of French."""

import re
from collections.abc import Iterable
from typing import Any

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
UNKNOWN = "inconnu"
UNKNOWN_FEMININE = "inconnue"


def listed(words: Iterable[object], last: str = "et") -> str:
    """``a, b et c``."""
    items = [str(word) for word in words]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def known(value: Any, feminine: bool = False) -> Any:
    """The value, or « inconnu » when there is none; an empty text is not known either."""
    if value is None or value == "":
        return UNKNOWN_FEMININE if feminine else UNKNOWN
    return value


_BEFORE = re.compile(r" (?=[:;?!»%€](?:\s|[.,)»]|$))")
_AFTER = re.compile(r"« ")


def typeset(text: str | None) -> str:
    """A sentence typed plainly, with the no-break spaces and the apostrophe that French wants.

    For words that come from code or from people; it never adds a character, only swaps.
    """
    if not text:
        return ""
    text = _BEFORE.sub(NBSP, text.replace("'", "’"))
    return _AFTER.sub(f"«{NBSP}", text)
