"""Waits for a condition, never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_LOOK_EVERY = 0.02


def until(condition: Callable[[], T], seconds: float = 15.0, what: str = "") -> T:
    """What ``condition`` answers once it is true; AssertionError when it is not in ``seconds``.

    A condition that raises is not yet true; the last error is told with the failure.
    """
    deadline = time.monotonic() + seconds
    failure: Exception | None = None
    while True:
        try:
            answer = condition()
            failure = None
            if answer:
                return answer
        except Exception as error:  # noqa: BLE001 - what is not there yet may fail in any way
            failure = error
        if time.monotonic() > deadline:
            name = what or getattr(condition, "__name__", "it")
            raise AssertionError(f"{name}: not so within {seconds} s ({failure!r})") from failure
        time.sleep(_LOOK_EVERY)
