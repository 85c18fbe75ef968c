"""Telling people things: once, by their channel, when it is due; and real mail."""

import socket
from datetime import timedelta
from email import message_from_bytes, policy
from uuid import UUID, uuid4

import pytest
from aiosmtpd.controller import Controller

from services.directory import commands, queries
from services.directory.events import Role
from services.directory.gateways import Letter, SmtpMailer
from services.language import NOTICES
from shared.kernel.refusals import NotFound
from shared.log import wire
from shared.log.event_log import Message
from shared.log.notices import NoticeIssued
from shared.store.clock import local
from shared.store.workplace import Envelope


@pytest.fixture
def issue(directory):
    """Another service has something to say; returns how to say the same notice again."""

    def say(person, text="Un devis attend.", link="/procurement/1", due=None, urgent=False):
        notice = NoticeIssued(person=person, text=text, link=link, due=due, urgent=urgent)
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


def at(directory, hour, minute=0, days=0):
    """Let time pass until that hour of La Réunion, today or the day after."""
    now = local(directory.clock.now())
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    then += timedelta(days=days + (then <= now))
    directory.clock.advance(then - now)
    directory.settle()


def test_a_notice_reaches_the_page_at_once_and_the_mailbox_in_the_morning(directory, city, issue):
    at(directory, 9)
    issue(city.member)
    assert [m["text"] for m in told(directory, city.member)] == ["Un devis attend."]
    at(directory, 6, 59)
    assert about(directory) == []
    at(directory, 7)
    (mail,) = about(directory)
    assert mail.address == "zoe@exemple.re"
    assert mail.subject == "Rond Kozé : un message pour vous"
    assert "/procurement/1" in mail.text


def test_a_day_of_news_is_one_mail_in_the_order_in_which_it_came(directory, city, issue):
    at(directory, 8)
    for n in (1, 2, 3):
        at(directory, 8 + n)
        issue(city.member, f"Nouvelle {n}", f"/procurement/{n}")
    issue(city.lead, "Une autre")
    at(directory, 7)
    mails = {mail.address: mail for mail in about(directory)}
    assert set(mails) == {"zoe@exemple.re", "max@exemple.re"}
    text = mails["zoe@exemple.re"].text
    assert mails["zoe@exemple.re"].subject == "Rond Kozé : 3 messages pour vous"
    assert text.index("Nouvelle 1") < text.index("Nouvelle 2") < text.index("Nouvelle 3")
    at(directory, 7)
    assert len(about(directory)) == 2


def test_news_after_the_mail_of_the_day_leave_with_the_next(directory, city, issue):
    issue(city.member, "Hier")
    at(directory, 7)
    issue(city.member, "Ce matin, après")
    at(directory, 23)
    assert len(about(directory)) == 1
    at(directory, 7)
    assert len(about(directory)) == 2
    assert "Hier" not in about(directory)[1].text


def test_what_was_read_on_the_page_is_not_mailed_and_no_mail_is_empty(directory, city, issue):
    issue(city.member)
    message = told(directory, city.member)[0]["id"]
    directory.do(commands.read_message, as_=city.member, message_id=message)
    at(directory, 7)
    assert about(directory) == []
    assert directory.rows("timers") == []


def test_what_presses_leaves_at_once_by_itself(directory, city, issue):
    issue(city.member, "Tranquille")
    issue(city.member, "Alerte orange : la journée est déplacée", urgent=True)
    (mail,) = about(directory)
    assert "Alerte orange" in mail.text
    assert "Tranquille" not in mail.text
    at(directory, 7)
    assert [("Alerte" in m.text, "Tranquille" in m.text) for m in about(directory)] == [
        (True, False),
        (False, True),
    ]


def test_the_same_thing_said_twice_is_said_once(directory, city, issue):
    issue(city.member)
    issue(city.member)
    at(directory, 7)
    (mail,) = about(directory)
    assert mail.text.count("Un devis attend.") == 1


def test_a_very_long_day_is_cut_and_says_so(directory, city, issue):
    for n in range(33):
        issue(city.member, f"Nouvelle {n}.", f"/procurement/{n}")
    at(directory, 7)
    (mail,) = about(directory)
    assert "Et 3 autres." in mail.text


def test_a_worker_that_was_down_all_morning_sends_the_mail_it_owes(directory, city, issue):
    issue(city.member, "Avant la panne")
    # Nothing ran at seven; the next notice must not put the mail off by a day.
    now = local(directory.clock.now())
    noon = now.replace(hour=12, minute=0) + timedelta(days=1)
    directory.clock.advance(noon - now)
    issue(city.member, "Après la panne")
    texts = "".join(mail.text for mail in about(directory))
    assert "Avant la panne" in texts


def test_a_notice_read_twice_on_the_log_is_delivered_once(directory, city, issue):
    again = issue(city.member)
    again()
    at(directory, 7)
    assert len(told(directory, city.member)) == 1
    assert len(about(directory)) == 1


@pytest.mark.parametrize("name", ["李小龙", "Αθηνά", "عائشة", "Łucja Ünal", "தமிழ் செல்வி"])
def test_a_name_in_any_script_is_told_like_all_others(directory, city, issue, name):
    person = directory.do(commands.invite_person, name=name, email="x@exemple.re")
    issue(person)
    at(directory, 7)
    assert directory.ask(queries.my_account, as_=person)["name"] == name
    assert [m.address for m in about(directory)] == ["x@exemple.re"]


def test_who_has_neither_mail_nor_phone_finds_it_on_their_page_and_nobody_else_does(
    directory, city, issue
):
    person = directory.do(
        commands.invite_person, name="Tantine", role=Role.MEMBER, scope=f"committee:{city.one}"
    )
    issue(person, "On vous attend samedi.")
    at(directory, 7)
    assert about(directory) == []
    (message,) = told(directory, person)
    for who in (city.lead, city.officer, city.sector, city.member):
        assert told(directory, who) == []
        with pytest.raises(NotFound):
            directory.do(commands.read_message, as_=who, message_id=message["id"])
        shown = directory.client(who).get(f"/comites/{city.one}").text
        assert "samedi" not in shown


def test_who_is_erased_in_the_middle_is_told_nothing_more(directory, city, issue):
    issue(city.member, "Avant")
    issue(city.member, "Plus tard", due=directory.clock.now() + timedelta(days=2))
    again = issue(city.member, "Trois")
    directory.do(commands.erase_person, as_=city.officer, person_id=city.member)
    again()
    issue(city.member, "Après")
    at(directory, 7, days=4)
    assert about(directory) == []
    assert directory.rows("messages") == []
    assert directory.rows("timers") == []
    assert directory.rows("dead_letters") == []


def test_who_changes_to_the_page_before_the_morning_receives_no_mail(directory, city, issue):
    issue(city.member)
    account = {"name": "Zoe", "email": "zoe@exemple.re", "phone": "", "channel": "page"}
    directory.do(commands.change_my_account, as_=city.member, **account)
    at(directory, 7)
    assert about(directory) == []


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
    directory.clock.advance(timedelta(hours=3))
    directory.settle()
    assert len(told(directory, city.member)) == 1
    at(directory, 7, days=1)
    assert len(about(directory)) == 1


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
