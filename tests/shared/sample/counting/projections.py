"""Folds."""

from tests.shared.sample.counting.tables import names_view, stories_view


def begun(views, event) -> None:
    views.put(stories_view, event.story_id, title=event.title)


def told(views, event) -> None:
    views.add(stories_view, event.story_id, lines=1, spent=event.price)
    views.put(stories_view, event.story_id, last_number=event.number)


def ended(views, event) -> None:
    views.put(stories_view, event.story_id, ended=True)


def named(views, event) -> None:
    views.put(names_view, event.person_id, name=event.name)


def erased(views, event) -> None:
    views.drop(names_view, event.person_id)
