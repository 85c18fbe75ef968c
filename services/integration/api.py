"""Grants for programs: the same commands as the pages. Keys are shown on a page or a terminal only.

(The feed itself is at ``/integration/events``: see ``pages/feed.py``.)
"""

from typing import Any
from uuid import UUID

from services.integration import commands, queries, schemas
from shared.web.api import Blueprint, Created, Page
from shared.web.use import ask, perform

blueprint = Blueprint("integration", description="Who reads which facts")


@blueprint.get("/grants")
@blueprint.arguments(Page(), location="query")
@blueprint.response(200, schemas.Grants())
def grants(sought: dict[str, Any]) -> Any:
    """A page of grants, with when each was last used."""
    return ask(queries.grants, **sought)


@blueprint.post("/grants")
@blueprint.arguments(schemas.NewGrant())
@blueprint.response(201, Created())
def grant(given: dict[str, Any]) -> Any:
    """Let a system of a department read; it has no key yet."""
    return {"id": perform(commands.grant_feed, **given)}


@blueprint.get("/grants/<uuid:grant_id>")
@blueprint.response(200, schemas.GrantShown())
def one(grant_id: UUID) -> Any:
    """One grant."""
    return ask(queries.grant_card, grant_id=grant_id)


@blueprint.put("/grants/<uuid:grant_id>")
@blueprint.arguments(schemas.Terms())
@blueprint.response(204)
def change(given: dict[str, Any], grant_id: UUID) -> None:
    """Other terms (If-Match: the version read)."""
    perform(commands.change_grant, grant_id=grant_id, **given)


@blueprint.post("/grants/<uuid:grant_id>/end")
@blueprint.arguments(schemas.End())
@blueprint.response(204)
def end(given: dict[str, Any], grant_id: UUID) -> None:
    """Revoke it with all its keys."""
    perform(commands.end_grant, grant_id=grant_id, **given)


@blueprint.delete("/grants/<uuid:grant_id>/keys/<uuid:key_id>")
@blueprint.response(204)
def withdraw(grant_id: UUID, key_id: UUID) -> None:
    """A key opens nothing any more."""
    perform(commands.withdraw_key, grant_id=grant_id, key_id=key_id)
