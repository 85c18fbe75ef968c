"""What every answer carries, which requests are refused, and who is believed to ask."""

import base64
import json
import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from shared.kernel.rights import ANONYMOUS
from shared.run import keys
from shared.store.clock import Clock
from shared.testing.product import signed
from shared.web.gateway import Gateway
from shared.web.security import HEADERS
from shared.web.tokens import HEADER, TokenRefused, Tokens

STORY = {"title": "x"}
JSON = {"Idempotency-Key": "1"}


# ------------------------------------------------------------------ answers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/telling/",
        "/telling/api/v1/stories",
        "/telling/api/v1/nothing",
        "/telling/stories/new",
        "/telling/break",
        "/nothing",
        "/static/nothing",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/counting/nothing",
        "/problems/broken",
    ],
)
def test_every_answer_carries_the_security_headers(place, path):
    answer = Client(place.front).get(path)
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value, name


def test_a_process_without_the_home_service_answers_with_them_too(place):
    from shared.web.app import Site
    from shared.web.assets import Assets
    from shared.web.health import Health

    answer = Client(Site({}, Assets(), Health([]), "telling")).get("/anything")
    assert answer.status_code == 404
    assert set(HEADERS) <= set(answer.headers.keys())


def test_the_content_policy_lets_nothing_be_written_into_a_page():
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "*" not in policy
    assert "http" not in policy


def test_over_https_the_browser_is_told_to_stay_there(place):
    site = Client(place.front)
    for path in ("/", "/health/live"):
        assert "Strict-Transport-Security" in site.get(path, base_url="https://x").headers
        assert "Strict-Transport-Security" not in site.get(path, base_url="http://x").headers


def test_what_one_person_sees_is_kept_by_no_cache(web, anyone):
    assert web.get("/").headers["Cache-Control"] == "private, no-store"
    assert anyone.get("/").headers["Cache-Control"] == "no-cache"


# ------------------------------------------------------------------ requests from elsewhere


@pytest.mark.parametrize(
    "headers, allowed",
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://localhost.evil.example"}, False),
        ({"Origin": "http://localhost:81"}, False),
        ({"Origin": "http://[bad"}, False),
    ],
    ids=str,
)
def test_only_our_own_pages_change_things(web, headers, allowed):
    form = web.post("/stories", data=STORY, headers=headers)
    assert form.status_code == (303 if allowed else 403)
    api = web.post("/api/v1/stories", json=STORY, headers=headers | JSON)
    assert api.status_code == (201 if allowed else 403)
    if not allowed:
        assert api.get_json()["type"] == "/problems/cross-site-request"
    assert web.get("/", headers=headers).status_code == 200


# ------------------------------------------------------------------ tokens


PERSON = "0193f0a0-0000-7000-8000-00000000000a"


@pytest.fixture(scope="module")
def pair():
    return keys.new_pair()


def token(private, *, minutes=15, alg="Ed25519", **changes):
    now = int(Clock().now().timestamp())
    claims = {"sub": PERSON, "sid": "s", "exp": now + 60 * minutes, "grants": []} | changes
    key = OKPKey.import_key(private)
    header = {"alg": alg, "kid": key.kid}
    return jwt.encode(header, claims, key, algorithms=[alg])


def test_a_token_says_who_asks(pair):
    private, public = pair
    said = token(private, grants=[["teller", "all", "2027-01-01", None]])
    actor = Tokens(public, Clock()).actor(said)
    assert str(actor.person) == PERSON
    assert actor.grants[0].since.year == 2027


def test_no_token_is_nobody(pair):
    assert Tokens(pair[1], Clock()).actor(None) is ANONYMOUS
    assert Tokens(pair[1], Clock()).actor("") is ANONYMOUS


def test_a_token_serves_until_it_expires_and_no_longer(pair):
    private, public = pair
    clock = Clock()
    tokens, said = Tokens(public, clock), token(private, minutes=15)
    clock.advance(timedelta(minutes=14))
    assert tokens.actor(said).person
    clock.advance(timedelta(minutes=2))
    with pytest.raises(TokenRefused):
        tokens.actor(said)
    with pytest.raises(TokenRefused):
        Tokens(public, clock).actor(said)


def unsigned(algorithm):
    claims = {
        "sub": PERSON,
        "sid": "s",
        "exp": 9999999999,
        "grants": [["chief", "all", None, None]],
    }
    parts = [json.dumps(part).encode() for part in ({"alg": algorithm, "typ": "JWT"}, claims)]
    return ".".join(base64.urlsafe_b64encode(p).decode().rstrip("=") for p in parts) + "."


def of_the_public_key(public):
    """The old trick: sign with the public key, as if it were a shared secret."""
    secret = OctKey.import_key(json.dumps(public["keys"][0]))
    claims = {"sub": PERSON, "sid": "s", "exp": 9999999999, "grants": []}
    kid = public["keys"][0]["kid"]
    return jwt.encode({"alg": "HS256", "kid": kid}, claims, secret, algorithms=["HS256"])


def test_nothing_but_our_own_signature_is_believed(pair):
    private, public = pair
    other, _ = keys.new_pair()
    good = token(private)
    head, body, signature = good.split(".")
    forged = [
        token(other),
        token({**other, "kid": private["kid"]}),
        unsigned("none"),
        unsigned("None"),
        unsigned("Ed25519"),
        of_the_public_key(public),
        f"{head}.{body}.{signature[:-4]}AAAA",
        f"{head}.{unsigned('none').split('.')[1]}.{signature}",
        good + "x",
        "a.b.c",
        "a" * 10000,
        "é",
    ]
    tokens = Tokens(public, Clock())
    for said in forged:
        with pytest.raises(TokenRefused):
            tokens.actor(said)


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": "x"},
        {"sub": None},
        {"grants": None},
        {"grants": [["a"]]},
        {"grants": [["a", "b", "no day", None]]},
        {"exp": "soon"},
        {"exp": None},
        {"exp": 0},
    ],
    ids=str,
)
def test_a_token_without_what_it_must_say_is_refused(pair, changes):
    private, public = pair
    with pytest.raises(TokenRefused):
        Tokens(public, Clock()).actor(token(private, **changes))


def test_a_new_key_is_believed_beside_the_old_one(pair):
    (old, old_public), (new, new_public) = pair, keys.new_pair()
    both = {"keys": old_public["keys"] + new_public["keys"]}
    tokens = Tokens(both, Clock())
    assert tokens.actor(token(old)).person
    assert tokens.actor(token(new)).person


@given(st.text(max_size=60))
def test_no_text_is_worse_than_a_refused_token(pair, text):
    if text:
        with pytest.raises(TokenRefused):
            Tokens(pair[1], Clock()).actor(text)


def test_a_refused_token_is_a_problem_on_the_api_and_a_page_elsewhere(anyone):
    headers = {HEADER: "a.b.c"}
    api = anyone.get("/api/v1/stories", headers=headers)
    assert (api.status_code, api.get_json()["type"]) == (401, "/problems/token-refused")
    page = anyone.get("/", headers=headers)
    assert (page.status_code, page.mimetype) == (401, "text/html")


# ------------------------------------------------------------------ the gateway


class Signing:
    """Answers for the token of a session, or is away; and says what reached the rest."""

    def __init__(self):
        self.away: object = False
        self.asked = 0
        self.token = "token-1"

    def __call__(self, environ, start_response):
        request = Request(environ)
        if request.path == "/leave":
            left = Response()
            left.delete_cookie("rk_session")
            return left(environ, start_response)
        if request.path != "/token":
            return Response(request.headers.get(HEADER, "-"))(environ, start_response)
        self.asked += 1
        if self.away == "raises":
            raise ConnectionError
        if self.away:
            return Response(status=503)(environ, start_response)
        known = request.cookies.get("rk_session", "").startswith("known")
        headers = {HEADER: self.token} if known else {}
        return Response(status=204, headers=headers)(environ, start_response)


class Ticks:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def signing():
    return Signing()


@pytest.fixture
def ticks():
    return Ticks()


@pytest.fixture
def behind(signing, ticks):
    return Client(Gateway(signing, "/token", seconds=ticks), use_cookies=False)


def asks(browser, session="known", **headers):
    cookie = {"Cookie": f"rk_session={session}"} if session else {}
    return browser.get("/page", headers=cookie | headers).get_data(as_text=True)


def test_a_session_is_given_its_token_asked_for_once_a_minute(behind, signing, ticks):
    assert [asks(behind) for _ in range(5)] == ["token-1"] * 5
    assert signing.asked == 1
    signing.token = "token-2"
    ticks.now += 61
    assert asks(behind) == "token-2"
    assert signing.asked == 2


def test_a_token_sent_by_a_client_is_dropped(behind):
    assert asks(behind, session="", **{HEADER: "forged"}) == "-"
    assert asks(behind, session="unknown", **{HEADER: "forged"}) == "-"
    assert asks(behind, session="known", **{HEADER: "forged"}) == "token-1"


@pytest.mark.parametrize("how", [True, "raises"])
def test_the_signing_service_down_for_ten_minutes_stops_nobody_signed_in(
    behind, signing, ticks, how
):
    assert asks(behind) == "token-1"
    signing.away = how
    for _ in range(10):
        ticks.now += 60
        assert asks(behind) == "token-1"
    signing.away, signing.token = False, "token-2"
    ticks.now += 60
    assert asks(behind) == "token-2"


def test_who_was_not_known_before_it_went_down_is_nobody_until_it_is_back(behind, signing):
    signing.away = True
    assert asks(behind) == "-"
    signing.away = False
    assert asks(behind) == "token-1"


def test_a_session_that_ended_is_nobody_at_the_next_asking(behind, ticks):
    assert asks(behind, "unknown") == "-"
    ticks.now += 61
    assert asks(behind, "unknown") == "-"


def test_who_has_left_is_nobody_at_once_even_with_a_copy_of_the_cookie(behind, signing):
    assert asks(behind) == "token-1"
    behind.post("/leave", headers={"Cookie": "rk_session=known"})
    signing.token = ""
    assert asks(behind) in {"", "-"}
    assert signing.asked == 2


def test_a_strange_cookie_is_no_session(behind):
    for cookie in (
        "rk_session",
        'rk_session="',
        "rk_session=;;=",
        "x=rk_session",
        "rk_session=\x01",
    ):
        assert behind.get("/page", headers={"Cookie": cookie}).status_code == 200


def test_tokens_expire_even_while_the_signing_service_is_away(place, anne):
    """Ten minutes go on; after fifteen everybody asks again."""
    said = signed(place, anne, minutes=15)
    front = Client(place.front, use_cookies=False)
    cookie = {"Cookie": f"rk_session={said}"}
    assert front.get("/telling/break", headers=cookie).status_code == 500  # signed in, and broken
    place.clock.advance(timedelta(minutes=10))
    assert front.get("/telling/break", headers=cookie).status_code == 500
    place.clock.advance(timedelta(minutes=6))
    assert front.get("/telling/break", headers=cookie).status_code == 401


def test_a_person_in_one_browser_is_that_person_in_the_api(place, anne, web):
    answer = web.post("/api/v1/stories", json=STORY, headers=JSON)
    assert uuid.UUID(answer.get_json()["id"])
