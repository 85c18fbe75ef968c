"""Two departments read the facts: Finances the money of the city, Voirie what two sectors ask."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from services.directory.demonstration import persona_id
from services.integration import commands, queries
from shared.kernel.rights import ANONYMOUS
from shared.run.demonstration import Chapter

Perform = Callable[..., Any]
_NAMESPACE = UUID("2f0b1d6e-7c55-5b0e-8f0a-6f5f6b1c9d21")
_OFFICER = persona_id("lucette.modele")


def grant_id(name: str) -> UUID:
    """The grant of a department, by a word for it: ``finances``, ``voirie``."""
    return uuid5(_NAMESPACE, name)


class _Readers:
    """The systems of two departments; their keys are readable once, so they are kept here."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}

    def open(self, perform: Perform) -> None:
        """The directorate grants, each system is given its key."""
        perform(
            commands.grant_feed,
            as_=_OFFICER,
            name="Progiciel financier",
            department="Direction des Finances",
            types=[
                "cac.procurement.envelope-opened.v1",
                "cac.procurement.budget-opened.v1",
                "cac.procurement.budget-changed.v1",
                "cac.procurement.budget-shortfall.v1",
                "cac.procurement.purchase-order-issued.v1",
                "cac.procurement.invoice-received.v1",
                "cac.procurement.invoice-paid.v1",
            ],
            scopes=["city"],
            grant_id=grant_id("finances"),
        )
        perform(
            commands.grant_feed,
            as_=_OFFICER,
            name="Voirie en ligne",
            department="Service Voirie",
            types=["cac.planning.service-needed.v1", "cac.planning.action-day-moved.v1"],
            scopes=["sector:Secteur Chaudron", "sector:Secteur Est"],
            contact=persona_id("ines.voirie"),
            grant_id=grant_id("voirie"),
        )
        for name in ("finances", "voirie"):
            self._new_key(perform, name)

    def _new_key(self, perform: Perform, name: str) -> None:
        issued = perform(commands.issue_key, as_=_OFFICER, grant_id=grant_id(name))
        self._keys[name] = issued.key

    def replace(self, perform: Perform) -> None:
        """Voirie asked for another key: both are valid for a week."""
        self._read(perform, "voirie")
        self._new_key(perform, "voirie")

    def finances(self, perform: Perform) -> None:
        """A night's run."""
        self._read(perform, "finances")

    def voirie(self, perform: Perform) -> None:
        """This morning, with the new key."""
        self._read(perform, "voirie")

    def _read(self, perform: Perform, name: str) -> None:
        """From the beginning to the end, page after page."""
        key, after = self._keys[name], None
        while True:
            perform(commands.note_reading, as_=ANONYMOUS, key=key)
            page = perform(queries.feed, as_=ANONYMOUS, key=key, after=after, limit=queries.MOST)
            after = page["next"]
            if not page["more"]:
                return


_readers = _Readers()
STORY = (
    Chapter(45, _readers.open),
    Chapter(2, _readers.replace),
    Chapter(1, _readers.finances),
    Chapter(0, _readers.voirie),
)
