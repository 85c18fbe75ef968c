"""The health of the flow: what is late, what could not be handled, and what to do about it."""

from flask import Response

from services.monitoring import commands, queries, schemas
from services.monitoring.pages.blueprint import BASE, blueprint
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask


@blueprint.get("/flux")
def flow() -> str:
    """Every service as it last reported, and the dead letters of this one."""
    return _page(Form())


@blueprint.post("/flux/lettres/<int:letter_id>/rejouer")
def replay(letter_id: int) -> Response:
    """Asks the worker to try again."""
    return submit(
        schemas.Nothing(),
        commands.replay_letter,
        again=_page,
        then=f"{BASE}/flux#lettres",
        done="Demande enregistrée : le fait sera rejoué dans la seconde.",
        letter_id=letter_id,
    )


@blueprint.post("/flux/lettres/<int:letter_id>/ecarter")
def drop(letter_id: int) -> Response:
    """Asks the worker to go on without this fact."""
    return submit(
        schemas.Dropped(),
        commands.drop_letter,
        again=lambda form: _page(form, letter_id),
        then=f"{BASE}/flux#lettres",
        done="Demande enregistrée : le fait sera écarté, et la suite de son fil reprise.",
        letter_id=letter_id,
    )


def _page(form: Form, refused: int | None = None) -> str:
    return render(
        "flow.html",
        form=form,
        found=ask(queries.flow),
        letters=ask(queries.letters),
        service_name=queries.service_name,
        most=queries.MOST_LETTERS,
        refused=refused,
    )
