"""Rules of addresses whose writing costs nothing until one is written."""

from collections.abc import Callable
from functools import cache, partial

from werkzeug.routing import Rule


class LazyRule(Rule):
    """Werkzeug writes and compiles two functions for every rule, to build addresses with.

    For all rules of a service that is half of what its application costs to make; here each is
    made when it is first needed. Reading an address is as it was.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))
        return lambda rule, **values: compiled()(rule, **values)
