"""Telling people things: on their page in any case, by mail when they wish so."""

from datetime import datetime, timedelta
from uuid import UUID

from services.directory.gateways import Letter
from services.directory.model import Mail, Message, Person
from shared.kernel.refusals import NotFound
from shared.store.clock import local
from shared.store.timers import due_of
from shared.store.unit_of_work import UnitOfWork

DIGEST = "send-digest"
_HOUR = 7
"""In the morning, in La Réunion, the news of a day leave in one mail."""
_MOST = 30
_LOOK_AGAIN = timedelta(seconds=10)


def keep_message(
    uow: UnitOfWork,
    *,
    person_id: UUID,
    text: str,
    link: str,
    due: datetime | None = None,
    urgent: bool = False,
) -> None:
    """Keep a notice of another service for a person, and deliver it now or when it is due.

    It stands on their page at once. By mail it leaves with the others, once a day, unless it is
    ``urgent``. Nothing happens for a person unknown or erased. In a policy the id is that of the
    notice, so that it is never delivered twice.
    """
    person = uow.find(Person, id=person_id)
    if person is None or person.erased_at is not None:
        return
    message_id = uow.cause.id if uow.cause else uow.new_id()
    if uow.find(Message, id=message_id) is not None:
        return
    message = uow.add(
        Message(
            id=message_id,
            person=person_id,
            text=text,
            link=link,
            due=due or uow.now,
            urgent=urgent,
        )
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


def send_digest(uow: UnitOfWork, *, subject: UUID) -> None:
    """Timer: all of a person's news of the day in one mail; none when they have read it all."""
    person = uow.find(Person, id=subject)
    if person is None or not person.wants_mail():
        return
    found = uow.find_all(Message, person=subject, mailed_at=None, read_at=None)
    news = sorted((m for m in found if m.news), key=lambda m: (m.due, m.id))
    if news:
        _mail(uow, person, news)


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
    if message.urgent:
        _mail(uow, person, [message])
    elif due_of(uow, DIGEST, person.id) is None:
        uow.schedule(DIGEST, person.id, _next_morning(uow.now))


def _next_morning(now: datetime) -> datetime:
    """The next moment at which a day's news leave."""
    here = local(now)
    morning = here.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    return morning if morning > here else morning + timedelta(days=1)


def _mail(uow: UnitOfWork, person: Person, news: list[Message]) -> None:
    """One mail for all of ``news``; what is said twice is said once."""
    url = uow.gateway("Site").url
    said = list(dict.fromkeys((message.text, message.link) for message in news))
    shown = "\n\n".join(f"{text}\n{url}{link}" for text, link in said[:_MOST])
    more = f"\n\nEt {len(said) - _MOST} autres." if len(said) > _MOST else ""
    text = (
        f"Bonjour,\n\n{shown}{more}\n\n"
        f"Tous vos messages : {url}/directory/messages\n"
        "Vous préférez les lire sur Rond Kozé seulement ? Dites-le dans votre compte :\n"
        f"{url}/directory/compte\n"
    )
    count = "un message" if len(said) == 1 else f"{len(said)} messages"
    _write(uow, person, f"Rond Kozé : {count} pour vous", text)
    for message in news:
        message.mailed(uow.now)


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
