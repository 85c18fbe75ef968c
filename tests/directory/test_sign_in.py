"""Entering by a code, sessions and the token of the gateway."""

import re
from datetime import timedelta

import pytest

from services.directory import commands, queries
from services.directory.model import TooManyRequests, fingerprint
from shared.kernel.refusals import Invalid, NotFound
from shared.kernel.rights import ANONYMOUS
from shared.run import keys
from shared.web.tokens import HEADER, TokenRefused, Tokens

ZOE = "zoe@exemple.re"


def ask_code(directory, email=ZOE, network="10.0.0.1"):
    directory.do(commands.ask_for_code, as_=ANONYMOUS, email=email, network=network)
    written = [m for m in directory.mails() if "code" in m.subject]
    return re.search(r"\b(\d{6})\b", written[-1].text)[1] if written else None


def enter(directory, code, email=ZOE, network="10.0.0.1"):
    return directory.do(commands.enter_code, as_=ANONYMOUS, email=email, code=code, network=network)


def other(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_code_of_the_mail_opens_a_session(directory, city):
    tried = enter(directory, ask_code(directory))
    assert tried["outcome"] == "entered"
    found = directory.ask(queries.session_of, as_=ANONYMOUS, secret=tried["secret"])
    assert found["person"] == city.member


def test_a_code_may_be_typed_with_spaces(directory, city):
    code = ask_code(directory)
    assert enter(directory, f" {code[:3]} {code[3:]} ")["outcome"] == "entered"


def test_wrong_tries_stay_counted_and_the_sixth_is_too_late(directory, city):
    code = ask_code(directory)
    left = [enter(directory, other(code))["tries_left"] for _ in range(5)]
    assert left == [4, 3, 2, 1, 0]
    assert enter(directory, code)["outcome"] == "over"


def test_a_code_serves_once(directory, city):
    code = ask_code(directory)
    enter(directory, code)
    assert enter(directory, code)["secret"] is None


def test_a_code_is_too_old_after_ten_minutes(directory, city):
    code = ask_code(directory)
    directory.clock.advance(timedelta(minutes=10))
    assert enter(directory, code)["outcome"] == "over"


def test_only_the_last_code_serves(directory, city):
    first = ask_code(directory)
    directory.clock.advance(timedelta(seconds=1))
    second = ask_code(directory)
    if first != second:
        assert enter(directory, first)["secret"] is None
    assert enter(directory, second)["secret"]


def test_a_code_opens_only_the_address_it_was_sent_to(directory, city):
    code = ask_code(directory)
    assert enter(directory, code, email="max@exemple.re")["secret"] is None


def test_unknown_addresses_leave_the_same_trace_and_receive_nothing(directory, city):
    before = len(directory.mails())
    assert ask_code(directory, email="inconnu@exemple.re") is None
    assert len(directory.mails()) == before
    known: list[tuple[str, int]] = []
    unknown: list[tuple[str, int]] = []
    for email, told in (("inconnu@exemple.re", unknown), (ZOE, known)):
        ask_code(directory, email=email)
        for _ in range(6):
            tried = enter(directory, "x", email=email)
            told.append((tried["outcome"], tried["tries_left"]))
    assert known == unknown


def test_neither_code_nor_address_nor_secret_is_readable_in_the_tables(directory, city):
    code = ask_code(directory)
    secret = enter(directory, code)["secret"]
    kept = repr([directory.rows(t) for t in ("codes", "sessions", "attempts", "audit")])
    for readable in (code, secret, ZOE, "10.0.0.1"):
        assert readable not in kept
    assert directory.rows("sessions")[0]["secret"] == fingerprint(secret)


def test_five_codes_an_hour_for_one_address_whoever_asks(directory, city):
    for n in range(5):
        ask_code(directory, network=f"10.0.0.{n}")
    with pytest.raises(TooManyRequests):
        ask_code(directory, network="10.0.0.9")
    ask_code(directory, email="max@exemple.re")
    directory.clock.advance(timedelta(minutes=61))
    ask_code(directory)


def test_the_limit_is_the_same_for_an_unknown_address(directory, city):
    for _ in range(5):
        ask_code(directory, email="inconnu@exemple.re")
    with pytest.raises(TooManyRequests):
        ask_code(directory, email="inconnu@exemple.re")


def test_one_network_address_asks_for_sixty_codes_an_hour_at_most(directory, city):
    for n in range(60):
        ask_code(directory, email=f"p{n}@exemple.re")
    with pytest.raises(TooManyRequests):
        ask_code(directory, email="p61@exemple.re")
    ask_code(directory, email="p61@exemple.re", network="10.0.0.2")


def test_what_cannot_be_an_address_is_said_at_once(directory):
    for typed in ("", "zoe", "zoe@"):
        with pytest.raises(Invalid) as refusal:
            ask_code(directory, email=typed)
        assert "email" in refusal.value.fields


def test_old_codes_attempts_and_sessions_are_forgotten(directory, city):
    enter(directory, ask_code(directory))
    directory.clock.advance(timedelta(days=32))
    ask_code(directory, email="max@exemple.re")
    assert [len(directory.rows(t)) for t in ("sessions", "codes", "attempts")] == [0, 1, 2]


# Sessions and tokens


@pytest.fixture
def verify(directory):
    """What another service reads in the token of a cookie."""
    tokens = Tokens(keys.public_keys(directory.runtime.settings), directory.clock)

    def read(secret):
        client = directory.client()
        client.set_cookie("rk_session", secret)
        answer = client.get("/session/token")
        assert answer.status_code == 204
        return tokens.actor(answer.headers.get(HEADER))

    return read


@pytest.fixture
def secret(directory, city):
    """The cookie of the member."""
    return directory.do(commands.enter_as, as_=ANONYMOUS, person_id=city.member)


def test_the_token_says_who_and_which_roles_and_no_name(directory, city, secret, verify):
    actor = verify(secret)
    assert actor.person == city.member
    assert [(g.role, g.scope) for g in actor.grants] == [("member", f"committee:{city.one}")]
    assert actor.session == fingerprint(secret)[:16]


@pytest.mark.parametrize("cookie", ["", "x", "x" * 3000, "' OR 1=1 --"])
def test_a_cookie_that_opens_nothing_gets_no_token(verify, cookie):
    assert verify(cookie).person is None


def test_a_token_lasts_a_quarter_of_an_hour(directory, secret):
    tokens = Tokens(keys.public_keys(directory.runtime.settings), directory.clock)
    client = directory.client()
    client.set_cookie("rk_session", secret)
    token = client.get("/session/token").headers[HEADER]
    directory.clock.advance(timedelta(minutes=14, seconds=58))
    assert tokens.actor(token).person
    directory.clock.advance(timedelta(seconds=4))
    with pytest.raises(TokenRefused):
        tokens.actor(token)


def test_a_session_lasts_thirty_days(directory, secret, verify):
    directory.clock.advance(timedelta(days=29, hours=23))
    assert verify(secret).person
    directory.clock.advance(timedelta(hours=2))
    assert verify(secret).person is None


def test_a_role_withdrawn_or_over_is_in_no_new_token(directory, city, secret, verify):
    grant = directory.ask(queries.person_card, person_id=city.member)["roles"][0]["id"]
    directory.do(commands.revoke_role, as_=city.officer, grant_id=grant)
    assert verify(secret).grants == ()


def test_leaving_ends_the_session(directory, secret, verify):
    directory.do(commands.sign_out, as_=ANONYMOUS, secret=secret)
    assert verify(secret).person is None


def test_one_ends_ones_own_sessions_and_nobody_elses(directory, city, secret, verify):
    session = directory.ask(queries.my_account, as_=city.member)["sessions"][0]["id"]
    with pytest.raises(NotFound):
        directory.do(commands.end_my_session, as_=city.lead, session_id=session)
    directory.do(commands.end_my_session, as_=city.member, session_id=session)
    assert verify(secret).person is None


def test_an_officer_ends_the_sessions_of_a_lost_phone(directory, city, secret, verify):
    assert directory.do(commands.end_sessions_of, as_=city.officer, person_id=city.member) == 1
    assert verify(secret).person is None


def test_a_new_address_ends_the_other_sessions(directory, city, secret, verify):
    here = directory.do(commands.enter_as, as_=ANONYMOUS, person_id=city.member)
    mine = verify(here)
    account = {"name": "Zoe", "phone": "", "channel": "email"}
    directory.do(commands.change_my_account, as_=mine, email=ZOE, **account)
    assert verify(secret).person == city.member
    directory.do(commands.change_my_account, as_=mine, email="autre@exemple.re", **account)
    assert verify(secret).person is None
    assert verify(here).person == city.member


def test_nobody_enters_without_a_code_outside_a_demonstration(make_directory):
    real = make_directory(demonstration=False)
    person = real.do(commands.invite_person, name="Aline", email="a@exemple.re")
    with pytest.raises(NotFound):
        real.do(commands.enter_as, as_=ANONYMOUS, person_id=person)
    for path in ("/personas", "/courriels"):
        assert real.client().get(path).status_code == 404
    assert real.client().post(f"/personas/{person}").status_code == 404
