"""Refusals: what a rule says when it does not let something happen.

A rule is a subclass named after it (``StoryIsOver``). It answers the three questions of a
person who is stopped: which rule, what is missing, who can unblock.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar


class Refusal(Exception):
    """Something that a rule does not allow. ``text`` is a full sentence in French."""

    status: ClassVar[int] = 409
    title: ClassVar[str] = "Ce n’est pas possible"

    def __init__(
        self,
        text: str = "",
        *,
        rule: str = "",
        missing: str = "",
        unblocks: str = "",
        fields: Mapping[str, str] | None = None,
        **details: Any,
    ) -> None:
        super().__init__(text or self.title)
        self.text = text or self.title
        self.rule = rule
        self.missing = missing
        self.unblocks = unblocks
        self.fields = dict(fields or {})
        self.details = details

    @classmethod
    def slug(cls) -> str:
        """The stable end of the problem type: ``story-is-over``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


class Refused(Refusal):
    """The state of things does not allow it (409)."""


class Invalid(Refusal):
    """What was given cannot be understood or is out of bounds (422); ``fields`` says where."""

    status = 422
    title = "Une réponse est à corriger"


class NotFound(Refusal):
    """No such thing, or not within what this person may see (404)."""

    status = 404
    title = "Cette page ou ce dossier n’existe pas"


class Forbidden(Refusal):
    """This person may not do it (403)."""

    status = 403
    title = "Vous ne pouvez pas faire cela"


class SignInNeeded(Refusal):
    """Nobody is signed in (401)."""

    status = 401
    title = "Entrez d’abord dans Rond Kozé"


class ChangedMeanwhile(Refusal):
    """Somebody else changed it first (409)."""

    title = "Quelqu’un d’autre vient de modifier ce dossier"


class VersionOutdated(Refusal):
    """If-Match names a version that is no longer the current one (412)."""

    status = 412
    title = "Ce dossier a changé depuis que vous l’avez ouvert"
