"""When figures were true, and how far behind the reading of facts is."""

from typing import Any

import sqlalchemy as sa

from services.directory.mirror import Role
from services.monitoring.queries.words import REPORTING, SERVICES
from services.monitoring.tables import flow_view, pulse_view
from shared.store.reading import Reading

SILENT_SECONDS = 45
FACTS = "cac.facts"
MYSELF = "monitoring"


def freshness(read: Reading) -> dict[str, Any]:
    """``true_at``: the moment for which all facts were read; ``lag``: facts not read yet.

    When the reader had nothing left to read as it last reported, figures were true then; behind,
    they are those of the last fact read. Both are None when unknown.
    """
    last = read.value(sa.select(sa.func.max(pulse_view.c.last_fact_at)))
    mine = read.row(sa.select(flow_view).where(flow_view.c.service == MYSELF))
    lag = mine["lags"].get(FACTS, 0) if mine else None
    known = [moment for moment in (last, mine["at"] if mine and not lag else None) if moment]
    true_at = max(known, default=None)
    stale = true_at is None or (read.now - true_at).total_seconds() > SILENT_SECONDS
    return {"true_at": true_at, "last_fact_at": last, "lag": lag, "stale": stale}


def flow(read: Reading) -> dict[str, Any]:
    """What each service's worker last said: what waits, what could not be handled, since when.

    ``administers``: whether the reader has the installation's console.
    """
    said = {row["service"]: row for row in read.rows(sa.select(flow_view))}
    names = [name for name in SERVICES if name in said or name in REPORTING]
    names += sorted(said.keys() - set(names))
    services = [_service(read, name, said.get(name)) for name in names]
    administers = bool(read.scopes(Role.ADMINISTRATOR))
    return {"services": services, "administers": administers, "freshness": freshness(read)}


def _service(read: Reading, name: str, row: dict[str, Any] | None) -> dict[str, Any]:
    if row is None:
        nothing = dict.fromkeys(("at", "lag", "outbox_depth", "dead", "parked"))
        return {"service": name, "silent": True, "lags": {}, "outbox_age_seconds": None} | nothing
    silent = (read.now - row["at"]).total_seconds() > SILENT_SECONDS
    return row | {"silent": silent, "lag": sum(row["lags"].values())}
