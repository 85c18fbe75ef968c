"""The API of telling."""

from shared.web.api import Blueprint, Page
from shared.web.use import ask, perform
from tests.shared.sample.telling import commands, queries, schemas

blueprint = Blueprint("telling")


@blueprint.get("/stories")
@blueprint.arguments(Page(), location="query")
def library(arguments):
    return ask(queries.library, **arguments)


@blueprint.post("/stories")
@blueprint.arguments(schemas.StoryIn())
def begin(data):
    return {"id": str(perform(commands.begin_story, **data))}, 201


@blueprint.get("/stories/<uuid:story_id>")
def story(story_id):
    found = ask(queries.story, story_id=story_id)
    return {"id": str(found["id"]), "title": found["title"], "lines": found["lines"]}, {
        "ETag": f'"{found["version"]}"'
    }


@blueprint.put("/stories/<uuid:story_id>/title")
@blueprint.arguments(schemas.TitleIn())
def correct(data, story_id):
    perform(commands.correct_title, story_id=story_id, **data)
    return {}


@blueprint.post("/stories/<uuid:story_id>/lines")
@blueprint.arguments(schemas.LineIn())
def tell(data, story_id):
    return {"lines": perform(commands.tell_line, story_id=story_id, **data)}, 201


@blueprint.post("/break")
def break_down():
    perform(commands.break_down)
    return {}
