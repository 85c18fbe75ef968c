"""One committee: its money, its purchases, its facts."""

from uuid import UUID

from services.monitoring import queries
from services.monitoring.pages.blueprint import asked, blueprint, number
from services.monitoring.pages.city import capacity, money_parts
from shared.web.pages import render
from shared.web.use import ask


@blueprint.get("/comites/<uuid:committee_id>")
def committee(committee_id: UUID) -> str:
    """What monitoring knows of a committee, from the sum down to each fact."""
    card = ask(
        queries.committee, committee_id=committee_id, year=number("annee"), after=asked("suite")
    )
    return render(
        "committee.html", card=card, parts=money_parts, capacity=capacity, after=asked("suite")
    )
