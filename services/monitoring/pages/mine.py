"""« Mon comité »: what is next for the one who looks, on a phone first."""

from typing import Any
from uuid import UUID

from flask import request

from services.monitoring import queries
from services.monitoring.pages.blueprint import address, blueprint
from services.monitoring.pages.city import money_parts
from services.monitoring.pages.words import countdown, leg_end, leg_title, moved, steps
from shared.web.forms import Form
from shared.web.pages import render
from shared.web.use import ask, use_cases

Row = dict[str, Any]


@blueprint.get("/mon-comite")
def mine() -> str:
    """The committee of the one who looks; somebody who has several chooses one first."""
    committee_id = _identity("comite")
    if committee_id is None:
        several = ask(queries.my_committees)
        if len(several) > 1:
            return render("committees.html", several=several, leg_title=leg_title)
    found = ask(queries.my_committee, committee_id=committee_id, leg_id=_identity("action"))
    today = use_cases().workplace.clock.today()
    return render(
        "mine.html",
        found=found,
        form=Form(),
        leg_title=leg_title,
        leg_end=leg_end,
        moved=moved,
        countdown=countdown(found.get("leg"), today),
        road=steps(found.get("road", []), today),
        parts=money_parts,
        here=lambda leg: address("/mon-comite", comite=found["committee"]["id"], action=leg["id"]),
    )


def _identity(name: str) -> UUID | None:
    """The id that the address gives; None for anything else."""
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None
