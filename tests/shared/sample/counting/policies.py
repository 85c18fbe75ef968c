"""Whenever a line is told, raise the tally."""

from tests.shared.sample.counting import commands

POISON = "poison"
FORBIDDEN = "forbidden"


def count_the_line(uow, event) -> None:
    if event.text == POISON:
        raise RuntimeError("cannot be counted")
    if event.text == FORBIDDEN:
        raise commands.StoryForbidden("Cela ne se compte pas.")
    commands.raise_tally(uow, story_id=event.story_id)


def say_it_was_refused(uow, event, refusal) -> None:
    commands.note_refusal(uow, story_id=event.story_id)
