"""The pages of telling, and what the gateway asks, with a session that is its own token."""

from flask import Blueprint, Response, request

from shared.web.formats import plural
from shared.web.forms import Form, submit
from shared.web.gateway import COOKIES
from shared.web.pages import render
from shared.web.tokens import HEADER
from shared.web.use import ask, perform
from tests.shared.sample.telling import commands, queries, schemas

blueprint = Blueprint("telling_pages", __name__)


@blueprint.get("/")
def library():
    return render("library.html", stories=ask(queries.library)["items"])


@blueprint.get("/stories/new")
def new():
    return _new(Form())


@blueprint.post("/stories")
def begin():
    return submit(
        schemas.StoryIn(),
        commands.begin_story,
        again=_new,
        then=lambda story_id: f"/telling/stories/{story_id}",
        done="L’histoire commence.",
    )


@blueprint.get("/stories/<uuid:story_id>")
def story(story_id):
    return _story(story_id, Form())


@blueprint.post("/stories/<uuid:story_id>/lines")
def tell(story_id):
    return submit(
        schemas.LinesIn(),
        commands.tell_lines,
        again=lambda form: _story(story_id, form),
        then=f"/telling/stories/{story_id}",
        done=lambda told: f"C’est raconté en {plural(told, 'ligne')}.",
        story_id=story_id,
    )


@blueprint.post("/stories/<uuid:story_id>/title")
def correct(story_id):
    return submit(
        schemas.TitleIn(),
        commands.correct_title,
        again=lambda form: _story(story_id, form),
        then=f"/telling/stories/{story_id}",
        story_id=story_id,
        version=request.form.get("version"),
    )


@blueprint.post("/stories/<uuid:story_id>/end")
def end(story_id):
    perform(commands.end_story, story_id=story_id)
    return {}


@blueprint.get("/break")
def break_down():
    return ask(queries.broken)


def _new(form):
    return render("new.html", form=form)


def _story(story_id, form):
    return render("story.html", story=ask(queries.story, story_id=story_id), form=form)


@blueprint.get("/session/token")
def token() -> Response:
    session = next((request.cookies[name] for name in COOKIES if name in request.cookies), "")
    return Response(status=204, headers={HEADER: session} if session else {})
