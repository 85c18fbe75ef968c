"""Rules of addresses whose writing costs nothing until one is written."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class LazyRule(Rule):
    """Werkzeug writes and compiles two functions for every rule, to build addresses with.

    For all rules of a service that is half of what its application costs to make; here each is
    made when it is first needed. Reading an address is as it was.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made: Callable[..., tuple[str, str]] | None = None

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            nonlocal made
            if made is None:
                made = Rule._compile_builder(rule, append_unknown)
            return made(rule, **values)

        return build
