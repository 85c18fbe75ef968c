"""What is typed by people: kept in any script, without what cannot be seen."""

import unicodedata

from shared.kernel.refusals import Invalid

# Joiners that Tamil, Gujarati or Arabic names need; every other invisible character goes.
_JOINERS = {"\u200c", "\u200d"}


def clean(text: str) -> str:
    """``text`` in composed form, without control characters, with single spaces."""
    kept = (
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
        for c in unicodedata.normalize("NFC", text)
        if c in _JOINERS or unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join("".join(kept).split())


def needed(text: str, field: str, sentence: str, longest: int = 200) -> str:
    """``text`` cleaned; refused with ``sentence`` when nothing is left, or when it is too long."""
    cleaned = clean(text)
    if not cleaned:
        raise Invalid(sentence, fields={field: sentence})
    return short(cleaned, field, longest)


def short(text: str, field: str, longest: int = 200) -> str:
    """``text`` cleaned, possibly empty; refused when longer than ``longest`` characters."""
    cleaned = clean(text)
    if len(cleaned) > longest:
        sentence = f"{longest} caractères au plus\u00a0; vous en avez écrit {len(cleaned)}."
        raise Invalid(sentence, fields={field: sentence})
    return cleaned


def folded(text: str) -> str:
    """``text`` as it is searched and sorted: without accents, capitals nor apostrophes' shapes."""
    apart = unicodedata.normalize("NFKD", text.replace("\u2019", "'").casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
