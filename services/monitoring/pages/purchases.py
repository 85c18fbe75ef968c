"""Purchases as a list."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Response

from services.monitoring import queries
from services.monitoring.pages.blueprint import address, asked, blueprint, cursor, number
from shared.web.exports import as_csv
from shared.web.pages import render
from shared.web.use import actor, ask, use_cases

HEADS = (
    "Comité",
    "Achat",
    "Prochaine étape",
    "On attend",
    "Depuis",
    "Échéance",
    "Marge (jours ouvrés)",
    "Bloqué",
    "Nécessaire le",
    "Fournisseur",
    "Montant TTC",
    "Commande",
)
IN_A_FILE = 500
"""How many purchases of a file are asked for at once."""


def _wanted() -> dict[str, Any]:
    return {
        "step": asked("etape", queries.STEPS),
        "awaited": asked("attend"),
        "committee": number("comite"),
    }


def _given(wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        "etape": wanted["step"],
        "attend": wanted["awaited"],
        "comite": wanted["committee"],
    }


@blueprint.get("/achats")
def purchases() -> str:
    """Open purchases, the most urgent first."""
    wanted = _wanted()
    found = ask(queries.purchases, **wanted, after=cursor())
    following = address("/achats", **_given(wanted), suite=found["next"]) if found["next"] else ""
    return render(
        "purchases.html",
        found=found,
        wanted=wanted,
        steps=list(queries.STEPS.items()),
        awaited_name=queries.awaited_name,
        following=following,
        first=address("/achats", **_given(wanted)) if cursor() else "",
        export=address("/achats.csv", **_given(wanted)),
    )


@blueprint.get("/achats.csv")
def purchases_as_csv() -> Response:
    """All open purchases of the list; a refusal comes before anything is sent.

    Who asks is known from the start: the rows that follow are read once the request is over.
    """
    cases, who, wanted = use_cases(), actor(), _wanted()

    def page(**where: Any) -> dict[str, Any]:
        asked_for = wanted | where | {"limit": IN_A_FILE}
        found: dict[str, Any] = cases.ask(queries.purchases, actor=who, **asked_for)
        return found

    return as_csv("achats", HEADS, (_line(item) for item in _every(page(), page)))


def _every(found: dict[str, Any], page: Callable[..., dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from found["items"]
    while found["next"] is not None:
        found = page(after=found["next"])
        yield from found["items"]


def _line(item: dict[str, Any]) -> list[Any]:
    names = (
        "title", "step_name", "awaited_name", "since", "due", "slack", "blocked", "needed_by",
    )  # fmt: skip
    known = [item[name] for name in names]
    # What no purchase has yet is empty: it is not unknown, it does not exist.
    later = [item[name] or "" for name in ("supplier", "amount_incl_tax", "order_number")]
    return [item["committee"]["name"] if item["committee"] else None, *known, *later]
