"""The committees that are choosing today: ideas for longer, advices asked, a charter drafted."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from services.decision import commands
from services.decision.demonstration.proposed import Proposed
from services.decision.demonstration.support import (
    NAMESPACE,
    Perform,
    idea_id,
    round_of,
    rules_of,
    said_of,
    today_of,
)
from services.decision.events import AskedOf
from services.directory.demonstration import (
    ROADS,
    Stage,
    elu_of,
    lead_of,
    members_of,
    relay_id,
    roads,
)

MOVED, ASKED, REST = 8, 5, 2
"""Days ago: ideas may come for longer, advices are asked, a vote without quorum is called again."""
_SECTORS = {10: "Secteur Centre", 39: "Secteur Centre", 21: "Secteur Montagne"}


def gather_longer(perform: Perform) -> None:
    """Three committees gather ideas for longer, and one comes from the neighbourhood."""
    for road in roads(Stage.IDEAS):
        number, found, today = road.committee, round_of(perform, road.committee), today_of(perform)
        perform(
            commands.move_ideas_end,
            as_=lead_of(number),
            round_id=found["id"],
            until=today + timedelta(MOVED + 6 + number % 5),
        )
        idea = Proposed(
            "Un koin lonbraz", "In ban é in pié letchi, po bann momon i atann.", "La boutik"
        )
        perform(
            commands.propose_as_resident,
            code=found["code"],
            idea_id=uuid5(NAMESPACE, f"resident:{number}"),
            needs=[UUID(str(found["needs"][0]["need_id"]))],
            **said_of(idea, today + timedelta(90)),
        )
        if number == 39:
            perform(commands.show_idea, as_=lead_of(39), idea_id=uuid5(NAMESPACE, "resident:39"))


def ask_for_advice(perform: Perform) -> None:
    """A department, an élu·e and a relay are asked; a charter is drafted where ideas are ready."""
    today = today_of(perform)
    until = today + timedelta(ASKED + 4)
    for number, sector in _SECTORS.items():
        asked: dict[str, Any] = {"as_": lead_of(number), "answer_by": until}
        perform(
            commands.ask_advice,
            idea_id=idea_id(number, 0),
            asked_of=AskedOf.DEPARTMENT,
            department="Voirie",
            question="Pouvez-vous prêter des barrières, et qui les pose ?",
            **asked,
        )
        perform(
            commands.ask_advice,
            idea_id=idea_id(number, 1),
            asked_of=AskedOf.ELU,
            person=elu_of(sector),
            question="Cette idée rejoint-elle un projet de la Ville ?",
            **asked,
        )
        perform(
            commands.ask_advice,
            idea_id=idea_id(number, 0),
            asked_of=AskedOf.RELAY,
            relay_id=relay_id(f"Association Exemple {sector.rpartition(' ')[2]}"),
            question="Combien de personnes pouvez-vous trouver, et pour combien d’heures ?",
            **asked,
        )
    found = round_of(perform, 39)
    rules = rules_of(next(r for r in ROADS if r.stage is Stage.VOTE), today + timedelta(ASKED + 8))
    rules |= {"voters": ["members", "elus"], "shares": {}}
    perform(commands.prepare_charter, as_=members_of(39)[0], round_id=found["id"], **rules)
