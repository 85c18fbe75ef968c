"""Diagnostic in a temporary folder, with people and committees as directory would have told."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import sqlalchemy as sa
from flask.testing import FlaskClient

from services.diagnostic import commands, queries, tables
from services.diagnostic.events import Theme
from services.diagnostic.service import service
from services.directory.mirror.views import committees_view, grants_view, names_view
from services.language import STREAMS
from shared.kernel.rights import ANONYMOUS, SYSTEM, Actor, Grant
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.store.timers import fire_due
from shared.testing.product import client, opened

PRODUCT = Product(names=("directory", "diagnostic"), streams=STREAMS)
_NAMES = UUID("a1c0a35e-52a0-4a4e-9f0f-6d6fbb4f6f10")

COMMITTEE, OTHER_COMMITTEE = uuid5(_NAMES, "cac 25"), uuid5(_NAMES, "cac 26")
CLOSED_COMMITTEE = uuid5(_NAMES, "cac 27")
SECTOR = "Secteur Montagne"
FINDINGS = "On manque d’ombre autour de l’école.\nLes anciens le disent aussi."

PEOPLE = {
    "member": ("Jean-Marc Démo", "member", f"committee:{COMMITTEE}"),
    "lead": ("Rita Modèle", "lead", f"committee:{COMMITTEE}"),
    "stranger": ("Paul Ailleurs", "member", f"committee:{OTHER_COMMITTEE}"),
    "other_lead": ("Pia Ailleurs", "lead", f"committee:{OTHER_COMMITTEE}"),
    "old_lead": ("Léa Dissoute", "lead", f"committee:{CLOSED_COMMITTEE}"),
    "sector": ("Odile Secteur", "sector_officer", f"sector:{SECTOR}"),
    "elsewhere": ("Théo Secteur", "sector_officer", "sector:Secteur Est"),
    "dpc": ("Lucette Modèle", "dpc_officer", "city"),
    "elu": ("Ama Élue", "elu", f"committee:{COMMITTEE}"),
    "annexe": ("Marie Annexe", "annexe_desk", "department:Mairie annexe"),
    "auditor": ("Anne Contrôle", "auditor", "city"),
}
READERS = ("member", "lead", "sector", "dpc", "elu", "auditor")


def person_id(name: str) -> UUID:
    return uuid5(_NAMES, name)


def actor(name: str | None) -> Actor:
    if name is None:
        return ANONYMOUS
    if name == "system":
        return SYSTEM
    _, role, scope = PEOPLE[name]
    return Actor(person_id(name), (Grant(role, scope),))


class World:
    """A runtime whose mirror knows committees, people and roles."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.cases = runtime.use_cases["diagnostic"]
        self.database = runtime.workplaces["diagnostic"].database

    @property
    def today(self) -> date:
        return self.runtime.clock.today()

    def do(self, command: Any, who: str | None, /, **arguments: Any) -> Any:
        return self.cases.perform(command, actor=actor(who), **arguments)

    def ask(self, query: Any, who: str | None, /, **arguments: Any) -> Any:
        return self.cases.ask(query, actor=actor(who), **arguments)

    def people(self) -> None:
        committees = ((25, COMMITTEE), (26, OTHER_COMMITTEE), (27, CLOSED_COMMITTEE))
        with self.database.write() as connection:
            for number, committee in committees:
                values = {
                    "id": committee,
                    "number": number,
                    "name": f"CAC {number}",
                    "quartier": "Saint-Bernard",
                    "sector": SECTOR,
                    "closed_on": self.today if committee == CLOSED_COMMITTEE else None,
                }
                connection.execute(committees_view.insert(), values)
            for key, (name, role, scope) in PEOPLE.items():
                connection.execute(names_view.insert(), {"person": person_id(key), "name": name})
                connection.execute(
                    grants_view.insert(),
                    {"id": uuid4(), "person": person_id(key), "role": role, "scope": scope},
                )

    # a survey

    def draft(self, who: str = "member", **changes: Any) -> UUID:
        values: dict[str, Any] = {
            "committee_id": COMMITTEE,
            "title": "Autour de l’école",
            "theme": Theme.SURROUNDINGS,
            "opens_on": self.today,
            "closes_on": self.today + timedelta(14),
        }
        made: UUID = self.do(commands.prepare_survey, who, **(values | changes))
        return made

    def survey(self, **changes: Any) -> UUID:
        survey_id = self.draft(**changes)
        self.do(commands.open_survey, "lead", survey_id=survey_id)
        return survey_id

    def row(self, survey_id: UUID) -> dict[str, Any]:
        with self.database.read() as connection:
            query = sa.select(tables.surveys).where(tables.surveys.c.id == survey_id)
            return dict(connection.execute(query).mappings().one())

    def code(self, survey_id: UUID) -> str:
        return str(self.row(survey_id)["code"])

    def answer(self, survey_id: UUID, number: int = 1, **words: str) -> list[UUID]:
        """``number`` answers given online."""
        given = {"missing": "Une ravine propre"} | words
        ids = [uuid4() for _ in range(number)]
        for answer_id in ids:
            self.do(
                commands.answer_survey,
                None,
                code=self.code(survey_id),
                answer_id=answer_id,
                words=given,
            )
        return ids

    def need(self, survey_id: UUID, answers: list[UUID], title: str = "De l’ombre") -> UUID:
        made: UUID = self.do(
            commands.draw_need, "member", survey_id=survey_id, title=title, answers=answers
        )
        return made

    def publish(self, survey_id: UUID, who: str = "lead", **changes: Any) -> None:
        values = {"findings": FINDINGS, "agreed": "Réunion à la case", "agreed_on": self.today}
        self.do(commands.publish_diagnostic, who, survey_id=survey_id, **(values | changes))

    def closed(self, **changes: Any) -> UUID:
        """A survey with six answers, closed by the lead."""
        survey_id = self.survey(**changes)
        self.answer(survey_id, 6)
        self.do(commands.close_survey, "lead", survey_id=survey_id)
        return survey_id

    def published(self) -> UUID:
        survey_id = self.closed()
        found = self.ask(queries.answers_of, "lead", survey_id=survey_id)["items"]
        self.need(survey_id, [row["id"] for row in found])
        self.publish(survey_id)
        return survey_id

    def later(self, days: int) -> None:
        """Time passes, and what it calls for happens."""
        self.runtime.clock.advance(timedelta(days))
        fire_due(self.runtime.workplaces["diagnostic"], service.timers)

    # what it said

    def outbox(self) -> list[tuple[str, dict[str, Any]]]:
        """What waits in the outbox, in order: short types and data."""
        from shared.store.tables import outbox

        with self.database.read() as connection:
            found = connection.execute(sa.select(outbox).order_by(outbox.c.id)).mappings().all()
        return [(row["type"].split(".")[2], json.loads(row["payload"])) for row in found]

    def facts(self) -> list[str]:
        return [kind for kind, _ in self.outbox() if kind != "notice-issued"]

    def browser(self, who: str | None) -> FlaskClient:
        """The browser of ``who``, signed in now; nobody's without a name."""
        return client(self.runtime, "diagnostic", actor(who) if who else None)

    def page(self, who: str | None, path: str, status: int = 200) -> str:
        response = self.browser(who).get(path)
        assert response.status_code == status, response.text[:2000]
        return response.text


def a_world(folder: Path, **settings: Any) -> World:
    world = World(opened(PRODUCT, folder, ["diagnostic"], **settings))
    world.people()
    return world


def world_of(settings: Settings) -> World:
    """The same world, from another process."""
    return World(PRODUCT.runtime(settings, ["diagnostic"]))
