"""The only declaration of a service: everything else is derived from it."""

import dataclasses
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.kernel.event import Event
from shared.kernel.rights import Everyone, Grant, May, RightsTable

if TYPE_CHECKING:
    import sqlalchemy as sa

Fold = Callable[..., None]
React = Callable[..., None]


@dataclass(frozen=True)
class Policy:
    """A reaction: since when it acts (earlier events only fold), and what a refusal leads to.

    ``refused(uow, event, refusal)`` runs instead, in a transaction of its own, when ``react``
    raises a Refusal that can be expected. ``loads(event)`` names what ``react`` will ask for by
    id, as (class, id) pairs: a batch then reads it all at once.
    """

    react: React
    since: datetime | None = None
    refused: Callable[..., None] | None = None
    loads: Callable[..., Iterable[tuple[type[Any], UUID]]] | None = None


@dataclass(frozen=True)
class Mirror:
    """Views that another service offers to keep in ours: tables and the folds that fill them.

    ``person(read)`` gives the name and the quality, as people read them, of the one who asks;
    ``grants(read, person)`` what a person holds, as the mirror knows it.
    """

    metadata: "sa.MetaData"
    folds: Mapping[type[Event], Fold]
    person: Callable[..., tuple[str, str]] | None = None
    grants: Callable[..., Iterable[Grant]] | None = None


@dataclass(frozen=True)
class Link:
    """An entry of the header, for whoever holds one of ``roles`` (empty: everybody signed in).

    ``count`` is a query whose number is shown beside the label. ``phone`` is its place, from 1, in
    the bottom bar of a phone, with ``icon``; ``first`` is where its roles begin.
    """

    label: str
    href: str
    roles: tuple[str, ...] = ()
    count: Callable[..., int] | None = None
    phone: int = 0
    first: bool = False
    icon: str = "path"


@dataclass(frozen=True)
class Handler:
    """What a service does with one type of event."""

    folds: tuple[Fold, ...] = ()
    policy: Policy | None = None


@dataclass(frozen=True, kw_only=True)
class Service:
    """A service: what it may do, keep, say and hear. Start reading a service at its ``service.py``.

    ``folds`` fill views and may be done again; ``reacts`` happen once for each event.
    ``views_version`` is raised when folds mean something new: the views are then rebuilt.
    """

    name: str
    title: str
    rights: RightsTable
    metadata: "sa.MetaData"
    use_cases: Sequence[ModuleType]
    api: Any = None
    pages: Any = None
    publishes: Sequence[type[Event]] = ()
    mirrors: Sequence[Mirror] = ()
    folds: Mapping[type[Event], Fold] = field(default_factory=dict)
    reacts: Mapping[type[Event], React | Policy] = field(default_factory=dict)
    timers: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    links: Sequence[Link] = ()
    programs: tuple[str, ...] = ()
    """How paths begin that programs ask for, beside ``/api/``: refusals there are problems."""
    views_version: int = 1
    gateways: Callable[[Any], Mapping[str, Any]] | None = None
    """From the settings to the adapters of this service's gateways, by the Protocol's name."""
    cli: Any = None

    def __post_init__(self) -> None:
        missing = [f.__qualname__ for f in self.public_use_cases() if f not in self.rights]
        if missing:
            raise LookupError(f"{self.name}: rights.py has no entry for {', '.join(missing)}")

    @property
    def folder(self) -> Path:
        """Where the service's files are; use cases may be modules or packages of it."""
        first = Path(inspect.getfile(self.use_cases[0]))
        return first.parent.parent if first.name == "__init__.py" else first.parent

    @property
    def package(self) -> str:
        """The package of all services: ``services``."""
        return self.use_cases[0].__name__.partition(f".{self.name}.")[0]

    def public_use_cases(self) -> list[Callable[..., Any]]:
        """Every public function of the use case modules that takes a unit of work or a reading."""
        return [
            function
            for module in self.use_cases
            for name, function in vars(module).items()
            if inspect.isfunction(function)
            and not name.startswith("_")
            and function.__module__.startswith(module.__name__)
            and next(iter(inspect.signature(function).parameters), "") in {"uow", "read"}
        ]

    @property
    def views(self) -> "list[sa.Table]":
        """The read models: tables named ``…_view``, the service's own and its mirrors'."""
        owned = [*self.metadata.tables.values()]
        mirrored = [t for m in self.mirrors for t in m.metadata.tables.values()]
        return [t for t in dict.fromkeys(owned + mirrored) if t.name.endswith("_view")]

    @property
    def state(self) -> "list[sa.Table]":
        """The tables of the service's own truth, made by its migrations."""
        return [t for t in self.metadata.tables.values() if not t.name.endswith("_view")]

    def handlers(self) -> dict[str, Handler]:
        """By type of event: mirrors' folds, own folds, then the policy."""
        found: dict[str, Handler] = {}
        for mapping in (*(m.folds for m in self.mirrors), self.folds):
            for cls, fold in mapping.items():
                known = found.get(cls.type, Handler())
                found[cls.type] = dataclasses.replace(known, folds=(*known.folds, fold))
        for cls, react in self.reacts.items():
            policy = react if isinstance(react, Policy) else Policy(react)
            known = found.get(cls.type, Handler())
            found[cls.type] = dataclasses.replace(known, policy=policy)
        return found

    def hears(self) -> list[type[Event]]:
        """The event classes this service folds or reacts to."""
        mappings = (*(m.folds for m in self.mirrors), self.folds, self.reacts)
        return list(dict.fromkeys(cls for mapping in mappings for cls in mapping))

    def streams(self) -> list[str]:
        """The streams this service reads."""
        return sorted({cls.stream.name for cls in self.hears()})

    def roles(self) -> Iterable[str]:
        """The roles that the rights table names."""
        entries: list[May | Everyone] = list(self.rights.values())
        return sorted({role for e in entries if isinstance(e, May) for role in e.roles})
