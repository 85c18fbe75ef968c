"""Telling people things: on their page in any case, by mail when they wish so."""

from datetime import datetime, timedelta
from uuid import UUID

from services.directory.gateways import Letter
from services.directory.model import Mail, Message, Person
from shared.kernel.refusals import NotFound
from shared.store.unit_of_work import UnitOfWork

_LOOK_AGAIN = timedelta(seconds=10)


def keep_message(
    uow: UnitOfWork, *, person_id: UUID, text: str, link: str, due: datetime | None = None
) -> None:
    """Keep a notice of another service for a person, and deliver it now or when it is due.

    Nothing happens for a person unknown or erased. In a policy the id is that of the notice, so
    that it is never delivered twice.
    """
    person = uow.find(Person, id=person_id)
    if person is None or person.erased_at is not None:
        return
    message_id = uow.cause.id if uow.cause else uow.new_id()
    if uow.find(Message, id=message_id) is not None:
        return
    message = uow.add(
        Message(id=message_id, person=person_id, text=text, link=link, due=due or uow.now)
    )
    if message.due > uow.now:
        uow.schedule("deliver-message", message.id, message.due)
    else:
        _deliver(uow, message, person)


def deliver_message(uow: UnitOfWork, *, subject: UUID) -> None:
    """Timer: the moment of a message has come; it may have gone with its person."""
    message = uow.find(Message, id=subject)
    if message is not None:
        _deliver(uow, message, uow.get(Person, message.person))


def read_message(uow: UnitOfWork, *, message_id: UUID) -> str:
    """The person opens a message; returns where it leads. Others' messages do not exist."""
    message = uow.get(Message, message_id)
    if message.person != uow.actor.person or message.delivered_at is None:
        raise NotFound("Ce message n’existe pas.")
    message.read(uow.now)
    return message.link


def send_mail(uow: UnitOfWork, *, subject: UUID) -> None:
    """Timer: hand a mail to the mailer, or note what became of it.

    The mailer sends in a thread of its own, so that no transaction waits for a mail server; the
    timer looks again a little later. At least once: a restart sends again under the same
    Message-ID.
    """
    mail, mailer = uow.find(Mail, id=subject), uow.gateway("Mailer")
    if mail is None or mail.sent_at is not None:
        return
    outcome = mailer.outcome(mail.id)
    if outcome is True:
        mail.sent(uow.now) if mailer.leaves else mail.shown(uow.now)
        return
    if outcome is False or not mailer.leaves:
        uow.schedule("send-mail", mail.id, mail.failed(uow.now))
        return
    mailer.post(Letter(id=mail.id, address=mail.address, subject=mail.subject, text=mail.text))
    uow.schedule("send-mail", mail.id, uow.now + _LOOK_AGAIN)


def _deliver(uow: UnitOfWork, message: Message, person: Person) -> None:
    if not message.deliver(uow.now) or not person.wants_mail():
        return
    url = uow.gateway("Site").url
    text = (
        f"Bonjour,\n\n{message.text}\n\n{url}{message.link}\n\n"
        "Vous préférez lire vos messages sur Rond Kozé seulement ? Dites-le dans votre compte :\n"
        f"{url}/directory/compte\n"
    )
    _write(uow, person, "Rond Kozé : un message pour vous", text)


def _write(uow: UnitOfWork, person: Person, subject: str, text: str) -> None:
    """Write a mail with what caused it; it leaves after the commit."""
    assert person.email is not None
    mail = Mail(
        id=uow.new_id(),
        person=person.id,
        address=person.email,
        subject=subject,
        text=text,
        written_at=uow.now,
    )
    uow.add(mail)
    uow.schedule("send-mail", mail.id, uow.now)
