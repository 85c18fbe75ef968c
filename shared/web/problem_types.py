"""Every type of problem there is, found from the refusals themselves: a page each, and a list."""

import inspect
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template

import shared.log.dead_letters
import shared.perform
import shared.web.security
import shared.web.tokens  # noqa: F401 - imported for the refusals they declare
from shared.kernel.refusals import Refusal
from shared.web import problems

blueprint = Blueprint("problem_types", __name__)


@dataclass(frozen=True, order=True)
class ProblemType:
    """A stable type: its slug, its status, its title (French), what it means (English)."""

    slug: str
    status: int
    title: str
    meaning: str


def known(package: str) -> list[ProblemType]:
    """The types of ``shared`` and of the services in ``package``, by slug."""
    found = {
        ProblemType(cls.slug(), cls.status, cls.title, _meaning(cls))
        for cls in _below(Refusal)
        if cls.__module__.startswith(("shared.", f"{package}."))
    }
    return sorted(found)


def _below(cls: type[Refusal]) -> Iterable[type[Refusal]]:
    for child in cls.__subclasses__():
        yield child
        yield from _below(child)


def _meaning(cls: type[Refusal]) -> str:
    return " ".join((inspect.getdoc(cls) or "").split())


def as_markdown(types: Iterable[ProblemType]) -> str:
    """The list for developers: ``docs/errors.md``."""
    lines = [
        "# Problems",
        "",
        "Every refusal of the API is an `application/problem+json` (RFC 9457). Its `type` is",
        "stable; `detail` says the sentence, `rule` which rule, `missing` what is missing,",
        "`unblocks` who can help, `errors` what is wrong in each field, `trace_id` what to tell us.",
        "This list is printed by `python -m services problems`.",
        "",
        "| type | status | title | meaning |",
        "|---|---|---|---|",
    ]
    lines += [f"| `/problems/{t.slug}` | {t.status} | {t.title} | {t.meaning} |" for t in types]
    return "\n".join(lines) + "\n"


@blueprint.get("/problems/<slug>")
def explain(slug: str) -> str:
    """What one type of problem means."""
    service = current_app.extensions["rk_service"]
    package = service.package
    found = next((t for t in known(package) if t.slug == slug), None)
    if found is None:
        raise problems.AddressUnknown("Ce type de problème n’existe pas.")
    from shared.web.pages import shell_of_request

    page = {
        "title": found.title,
        "lead": f"Réponse {found.status} de l’API : /problems/{found.slug}",
        "sections": [
            {"title": "Ce que cela veut dire", "paragraphs": [found.meaning]},
            {"title": "Pour les programmes", "points": list(_FOR_PROGRAMS)},
        ],
    }
    shell = shell_of_request(counts=False)
    return render_template("static_page.html", page=page, shell=shell, errors={})


_FOR_PROGRAMS = (
    "type : ce qui ne change jamais, ce que vous pouvez comparer.",
    "detail : la phrase pour la personne.",
    "rule, missing, unblocks : la règle, ce qui manque, qui peut débloquer.",
    "errors : une phrase pour chaque champ à corriger.",
    "trace_id : le repère à donner si vous écrivez à la ville.",
)
