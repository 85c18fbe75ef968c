"""The catalogue: every event, what it says, when, an example, its schema, who hears it."""

from flask import Response, request

from services.integration import queries
from services.integration.pages.blueprint import as_json, blueprint, by_service, readable
from shared.web.pages import render
from shared.web.use import ask

_OF_THE_WALK = "cac.planning.service-needed.v1"
"""The event of the ten minutes: one that departments wait for."""


@blueprint.get("/")
def index() -> str:
    """Every event that a department may be granted, by service."""
    wanted, sought = request.args.get("service", "")[:40], request.args.get("q", "")[:100].strip()
    everything, found = by_service(), by_service(service=wanted, words=sought)
    return render(
        "catalogue.html",
        groups=found,
        services=list(everything),
        number=sum(map(len, found.values())),
        total=sum(map(len, everything.values())),
        wanted=wanted,
        sought=sought,
    )


@blueprint.get("/evenements/<kind>")
def event(kind: str) -> str:
    """One event."""
    card = ask(queries.event_card, kind=kind)
    return render("event.html", card=card, example=readable(card["example"]))


@blueprint.get("/premier-evenement")
def first_event() -> str:
    """A first event in ten minutes, with curl and nothing else."""
    return render("first_event.html", kind=_OF_THE_WALK)


@blueprint.get("/lire")
def reading() -> str:
    """How the feed is read: parameters, order, cursor, errors."""
    return render("reading.html", most=queries.MOST, rate=queries.READS_A_MINUTE)


@blueprint.get("/asyncapi.json")
def asyncapi() -> Response:
    """AsyncAPI 3.0 of all that is on the log."""
    return Response(ask(queries.asyncapi) + "\n", mimetype="application/json")


@blueprint.get("/schemas/<kind>.json")
def schema_of(kind: str) -> Response:
    """The JSON Schema of an event's data, as the ``dataschema`` of each event names it."""
    return as_json(ask(queries.event_card, kind=kind)["schema"], "application/schema+json")


@blueprint.get("/examples/<kind>.json")
def example_of(kind: str) -> Response:
    """An event as the feed gives it."""
    made = ask(queries.event_card, kind=kind)["example"]
    return as_json(made, "application/cloudevents+json")
