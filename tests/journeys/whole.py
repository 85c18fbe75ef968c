"""The whole product with its demonstration data, and every address it answers."""

import hashlib
import re
import shutil
from dataclasses import dataclass
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from services.__main__ import product as product
from shared.run.settings import Settings
from shared.store import tables

NOWHERE = UUID("0193f0a0-0000-7000-8000-00000000dead")


def furnished(model, folder):
    """A runtime of the whole product in ``folder``, with a copy of the demonstration's data."""
    shutil.copytree(model, folder)
    return product.runtime(Settings(data=folder, demonstration=True))


@dataclass(frozen=True)
class Endpoint:
    """One method of one address of a service."""

    service: str
    rule: str
    method: str
    arguments: tuple[tuple[str, str], ...]

    def __str__(self):
        return f"{self.method} /{self.service}{self.rule}"

    def path(self, values):
        """The address inside the service, with ``values`` for its variable parts."""
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), self.rule)


def endpoints(runtime):
    """Every address of every service, but what documents the API and the problems."""
    _ = runtime.site
    found = []
    for name, app in runtime.apps.items():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith(("api-docs", "problem_types", "static")):
                continue
            arguments = tuple(sorted((n, type(c).__name__) for n, c in rule._converters.items()))
            found += [
                Endpoint(name, rule.rule, method, arguments)
                for method in rule.methods - {"HEAD", "OPTIONS"}
            ]
    return sorted(found, key=str)


class Known:
    """The ids that a service's database knows, by the name under which an address asks for them."""

    def __init__(self, runtime):
        self._runtime = runtime

    @cache  # noqa: B019 - lives as long as the module of tests
    def of(self, service, argument):
        """Some ids called ``argument``, those of the table of that name first."""
        word = argument.removesuffix("_id")
        found = []
        database = self._runtime.workplaces[service].database
        with database.read() as connection:
            for table in sorted(
                every_table(self._runtime, service), key=lambda t: word not in t.name
            ):
                for column in table.columns:
                    own = column.name == "id" and word in table.name
                    if isinstance(column.type, sa.Uuid) and (
                        own or column.name in (argument, word)
                    ):
                        rows = connection.execute(sa.select(column).distinct().limit(3)).scalars()
                        found += [value for value in rows if value]
        return tuple(dict.fromkeys(found))[:3]

    def values(self, endpoint):
        """Values for the variable parts of ``endpoint``: of things that exist where there are any."""
        return {name: self._one(endpoint.service, name, kind) for name, kind in endpoint.arguments}

    def _one(self, service, name, kind):
        if kind == "UUIDConverter":
            return (self.of(service, name) or (NOWHERE,))[0]
        return "1" if kind == "IntegerConverter" else "x"


def every_table(runtime, service):
    """The tables of a service's database: its own, its mirrors' and the plumbing's."""
    declared = next(s for s in runtime.services if s.name == service)
    found = dict.fromkeys(declared.state + declared.views)
    return [*found, *tables.metadata.sorted_tables]


def digests(runtime):
    """A digest of every row of every table of every service."""
    return {
        f"{name}.{table}": found
        for name, workplace in runtime.workplaces.items()
        for table, found in digest(workplace.database, every_table(runtime, name)).items()
    }


def digest(database, tables_):
    """A digest of every row of some tables of a database, and how many rows there are."""
    found = {}
    with database.read() as connection:
        for table in tables_:
            rows = sorted(map(repr, connection.execute(sa.select(table)).all()))
            found[table.name] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found
