"""Telling people things: once, by their channel, when it is due; and real mail."""

import socket
from datetime import timedelta
from email import message_from_bytes, policy
from uuid import UUID, uuid4

import pytest
from aiosmtpd.controller import Controller

from services.directory import commands, queries
from services.directory.gateways import Letter, SmtpMailer
from services.language import NOTICES
from shared.kernel.refusals import NotFound
from shared.log import wire
from shared.log.event_log import Message
from shared.log.notices import NoticeIssued
from shared.store.workplace import Envelope


@pytest.fixture
def issue(directory):
    """Another service has something to say; returns how to say the same notice again."""

    def say(person, text="Un devis attend.", link="/procurement/1", due=None):
        notice = NoticeIssued(person=person, text=text, link=link, due=due)
        sealed = wire.seal(
            Envelope(
                id=uuid4(),
                type=notice.type,
                source="test",
                time=directory.clock.now(),
                key=notice.key(),
                thread=notice.thread(),
                event=notice,
            )
        )
        headers = wire.unpack_headers(sealed.headers)
        record = Message(NOTICES.name, sealed.key.encode(), sealed.payload, headers)

        def again():
            directory.runtime.log.send([record]).wait(5)
            directory.settle()

        again()
        return again

    return say


def told(directory, person):
    return directory.ask(queries.my_messages, as_=directory.actor(person))["items"]


def about(directory):
    return [m for m in directory.mails() if "message" in m.subject]


def test_a_notice_reaches_the_page_and_the_mailbox(directory, city, issue):
    issue(city.member)
    assert [m["text"] for m in told(directory, city.member)] == ["Un devis attend."]
    (mail,) = about(directory)
    assert mail.address == "zoe@exemple.re"
    assert "/procurement/1" in mail.text


def test_a_notice_read_twice_on_the_log_is_delivered_once(directory, city, issue):
    again = issue(city.member)
    again()
    assert len(told(directory, city.member)) == 1
    assert len(about(directory)) == 1


def test_who_prefers_the_page_receives_no_mail(directory, city, issue):
    directory.do(
        commands.change_my_account,
        as_=city.member,
        name="Zoe",
        email="zoe@exemple.re",
        phone="",
        channel="page",
    )
    issue(city.member)
    assert len(told(directory, city.member)) == 1
    assert about(directory) == []


def test_who_has_no_address_reads_on_the_page(directory, city, issue):
    person = directory.do(commands.invite_person, name="Sans adresse")
    issue(person)
    assert len(told(directory, person)) == 1


def test_a_notice_waits_for_its_hour(directory, city, issue):
    issue(city.member, due=directory.clock.now() + timedelta(hours=3))
    assert told(directory, city.member) == []
    assert about(directory) == []
    directory.clock.advance(timedelta(hours=3))
    directory.settle()
    assert len(told(directory, city.member)) == len(about(directory)) == 1


def test_a_notice_for_somebody_unknown_is_no_error(directory, city, issue):
    issue(uuid4())
    assert directory.rows("dead_letters") == []


def test_a_message_is_opened_by_its_person_only(directory, city, issue):
    issue(city.member)
    message = told(directory, city.member)[0]["id"]
    assert directory.ask(queries.unread_messages, as_=city.member) == 1
    with pytest.raises(NotFound):
        directory.do(commands.read_message, as_=city.lead, message_id=message)
    link = directory.do(commands.read_message, as_=city.member, message_id=message)
    assert link == "/procurement/1"
    assert directory.ask(queries.unread_messages, as_=city.member) == 0


# Mail


class Inbox:
    """A mail server that keeps what it is handed, or refuses."""

    url: str

    def __init__(self):
        self.received = []
        self.refuses = False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.refuses:
            return "451 come back later"
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def inbox():
    kept = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    kept.url = f"smtp://127.0.0.1:{port}"
    yield kept
    server.stop()


@pytest.fixture
def real(make_directory, inbox):
    """An installation with a mail server."""
    return make_directory(smtp_url=inbox.url, mail_from="rond-koze@ville.exemple")


def sent(directory):
    """Fire the timers, let the sending thread finish, look again."""
    directory.settle()
    mailer = directory.workplace.extras["Mailer"]
    for underway in list(mailer._underway.values()):
        underway.exception(timeout=20)
    directory.clock.advance(timedelta(seconds=10))
    directory.settle()


def test_an_invitation_leaves_by_smtp_once(real, inbox):
    real.do(commands.invite_person, name="Éva", email="eva@exemple.re")
    sent(real)
    sent(real)
    (mail,) = inbox.received
    assert mail["To"] == "eva@exemple.re"
    assert mail["From"] == "rond-koze@ville.exemple"
    assert "invité·e" in mail["Subject"]
    assert "/directory/entrer" in mail.get_content()


def test_a_mail_that_left_keeps_neither_address_nor_words(real, inbox):
    real.do(commands.invite_person, name="Éva", email="eva@exemple.re")
    sent(real)
    (mail,) = real.mails()
    assert mail.sent_at
    assert (mail.address, mail.text) == ("", "")


def test_a_refused_mail_is_tried_again_under_the_same_message_id(real, inbox):
    inbox.refuses = True
    real.do(commands.invite_person, name="Éva", email="eva@exemple.re")
    sent(real)
    assert inbox.received == []
    inbox.refuses = False
    real.clock.advance(timedelta(minutes=1))
    sent(real)
    (mail,) = inbox.received
    assert mail["Message-ID"] == f"<{UUID(real.mails()[0].id)}@ville.exemple>"


def test_a_restart_while_sending_sends_again_under_the_same_message_id(inbox):
    letter = Letter(id=uuid4(), address="eva@exemple.re", subject="s", text="t")
    for _ in range(2):
        mailer = SmtpMailer(inbox.url, "rond-koze@ville.exemple")
        mailer.post(letter)
        mailer._underway[letter.id].result(timeout=20)
    assert len({mail["Message-ID"] for mail in inbox.received}) == 1


def test_a_letter_posted_twice_before_its_outcome_leaves_once(inbox):
    letter = Letter(id=uuid4(), address="eva@exemple.re", subject="s", text="t")
    mailer = SmtpMailer(inbox.url, "rond-koze@ville.exemple")
    mailer.post(letter)
    mailer.post(letter)
    mailer._underway[letter.id].result(timeout=20)
    assert mailer.outcome(letter.id) is True
    assert mailer.outcome(letter.id) is None
    assert len(inbox.received) == 1


def test_a_password_never_goes_to_a_server_without_tls(inbox):
    url = inbox.url.replace("smtp://", "smtp://user:secret@")
    letter = Letter(id=uuid4(), address="eva@exemple.re", subject="s", text="t")
    mailer = SmtpMailer(url, "rond-koze@ville.exemple")
    mailer.post(letter)
    assert mailer._underway[letter.id].exception(timeout=20) is not None
    assert inbox.received == []


def test_without_a_mail_server_mails_wait(make_directory):
    waiting = make_directory(demonstration=False)
    waiting.do(commands.invite_person, name="Éva", email="eva@exemple.re")
    waiting.settle()
    (mail,) = waiting.mails()
    assert (mail.sent_at, mail.address) == (None, "eva@exemple.re")
