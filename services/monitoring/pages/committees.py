"""One committee: its money, its purchases, its facts."""

from typing import Any
from uuid import UUID

from services.monitoring import queries
from services.monitoring.pages.blueprint import address, blueprint, cursor, number
from services.monitoring.pages.city import capacity, money_parts
from services.monitoring.pages.words import leg_end, leg_title, moved
from shared.web.pages import render
from shared.web.use import ask

LISTS = {"lines": "lignes", "waits": "attentes", "ended": "termines", "actions": "actions"}
"""Each list of the page with the word of the address that says where it goes on."""


@blueprint.get("/comites/<uuid:committee_id>")
def committee(committee_id: UUID) -> str:
    """What monitoring knows of a committee, from the sum down to each fact."""
    given = {name: cursor(word) for name, word in LISTS.items()}
    after = cursor()
    card = ask(
        queries.committee,
        committee_id=committee_id,
        year=number("annee"),
        after=after,
        lists={name: cursor for name, cursor in given.items() if cursor},
    )
    return render(
        "committee.html",
        card=card,
        parts=money_parts,
        capacity=capacity,
        leg_title=leg_title,
        leg_end=leg_end,
        moved=moved,
        after=after,
        turn=lambda name, label, anchor: _turn(card, given, name, label, anchor),
    )


def _turn(
    card: dict[str, Any], given: dict[str, str | None], name: str, label: str, anchor: str
) -> tuple[str, str, str]:
    """What ``next_page`` of the templates takes: the following page, its label, the first one."""
    here = f"/comites/{card['committee']['id']}"
    first = f"{address(here, annee=card['year'])}#{anchor}" if given[name] else ""
    cursor = card["following"][name]
    words = {LISTS[name]: cursor}
    following = f"{address(here, annee=card['year'], **words)}#{anchor}" if cursor else ""
    return following, label, first
