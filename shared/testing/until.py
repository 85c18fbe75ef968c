"""Waits for a condition, never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
# What is soon true is soon seen; what takes long is not kept from it by being asked all the time.
_FIRST_PAUSE, _LONGER, _LONGEST_PAUSE = 0.01, 1.3, 0.25


def until(condition: Callable[[], T], seconds: float = 15.0, what: str = "") -> T:
    """What ``condition`` answers once it is true; AssertionError when it is not in ``seconds``.

    A condition that raises is not yet true; the last error is told with the failure.
    """
    deadline = time.monotonic() + seconds
    failure: Exception | None = None
    pause = _FIRST_PAUSE
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
        time.sleep(pause)
        pause = min(pause * _LONGER, _LONGEST_PAUSE)
