"""The sentence of a fact: found by its type, in words when nobody wrote one yet."""

from functools import singledispatch

from shared.kernel.event import Event
from shared.web.formats import NBSP

COLON = f"{NBSP}:"


@singledispatch
def sentence(event: Event) -> str:
    """The sentence of ``event``; its type in words when nobody wrote one yet."""
    words = event.type.split(".")[-2].replace("-", " ")
    return f"Autre fait{COLON} {words}"


def because(why: str) -> str:
    """What follows a fact that may have a reason."""
    return f"{COLON} {why}" if why else ""
