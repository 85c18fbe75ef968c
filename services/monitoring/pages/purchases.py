"""Purchases as a list, and what awaits whom."""

from collections.abc import Iterator
from typing import Any

from flask import Response

from services.monitoring import queries
from services.monitoring.pages.blueprint import address, asked, blueprint, number
from services.monitoring.pages.exports import as_csv
from shared.web.pages import render
from shared.web.use import ask

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
PAGES = 200


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
    found = ask(queries.purchases, **wanted, after=asked("suite"))
    following = address("/achats", **_given(wanted), suite=found["next"]) if found["next"] else ""
    return render(
        "purchases.html",
        found=found,
        wanted=wanted,
        steps=list(queries.STEPS.items()),
        awaited_name=queries.awaited_name,
        following=following,
        first=address("/achats", **_given(wanted)) if asked("suite") else "",
        export=address("/achats.csv", **_given(wanted)),
    )


@blueprint.get("/achats.csv")
def purchases_as_csv() -> Response:
    """All open purchases of the list, page after page."""
    return as_csv("achats", HEADS, _lines(_wanted()))


def _lines(wanted: dict[str, Any]) -> Iterator[list[Any]]:
    after = None
    for _ in range(PAGES):
        found = ask(queries.purchases, **wanted, after=after, limit=200)
        for item in found["items"]:
            names = (
                "title", "step_name", "awaited_name", "since", "due", "slack", "blocked",
                "needed_by",
            )  # fmt: skip
            known = [item[name] for name in names]
            # What no purchase has yet is empty: it is not unknown, it does not exist.
            later = [item[name] or "" for name in ("supplier", "amount_incl_tax", "order_number")]
            yield [item["committee"]["name"] if item["committee"] else None, *known, *later]
        after = found["next"]
        if after is None:
            return


@blueprint.get("/attentes")
def awaited() -> str:
    """What awaits whom, the most urgent first."""
    return render("awaited.html", found=ask(queries.awaited))
