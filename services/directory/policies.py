"""What directory does when others publish."""

from services.directory import commands
from shared.log.notices import NoticeIssued
from shared.store.unit_of_work import UnitOfWork


def tell_the_person(uow: UnitOfWork, event: NoticeIssued) -> None:
    """Whenever a service has something to tell somebody, keep it and deliver it, once."""
    commands.keep_message(
        uow,
        person_id=event.person,
        text=event.text,
        link=event.link,
        due=event.due,
        urgent=event.urgent,
    )
