"""The gateway, real nginx with the real files, in front of services that say what reached them."""

import contextlib
import json
import re
import ssl
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from services.__main__ import product
from shared.testing.until import until
from tests.deploy.edge import Upstream, certificate
from tests.deploy.gateway import CONFIGURATION, Gateway
from tests.journeys.visitor import Visitor

SESSION = "rk_session"


@pytest.fixture
def upstreams() -> Iterator[dict[str, Upstream]]:
    made = {name: Upstream(name) for name in product.names}
    yield made
    for upstream in made.values():
        upstream.close()


@pytest.fixture
def gateway_of(upstreams: dict[str, Upstream]) -> Iterator[Callable[..., Gateway]]:
    """Start one, with pieces of its configuration replaced."""
    addresses = {f"{name}-web:8000": f"127.0.0.1:{up.port}" for name, up in upstreams.items()}
    with contextlib.ExitStack() as started:

        def start(
            *replaced: tuple[str, str],
            mode: str = "plain",
            prepare: Callable[[Gateway], None] = lambda gateway: None,
        ) -> Gateway:
            gateway = Gateway(addresses, mode=mode, replaced=replaced)
            prepare(gateway)
            return started.enter_context(gateway)

        yield start


@pytest.fixture
def gateway(gateway_of: Callable[..., Gateway]) -> Gateway:
    return gateway_of()


def visitor(gateway: Gateway, session: str = "") -> Visitor:
    made = Visitor(gateway.url)
    if session:
        made.cookies[SESSION] = session
    return made


def test_each_prefix_reaches_its_service_and_everything_else_the_annuaire(gateway):
    nobody = visitor(gateway)
    for name in product.names:
        assert nobody.get(f"/{name}/x?a=1").json["service"] == name
        assert nobody.get(f"/{name}/x?a=1").json["path"] == f"/{name}/x?a=1"
    assert nobody.get("/").json["service"] == "directory"
    assert nobody.get("/procurementx").json["service"] == "directory"


def test_a_token_that_a_client_sends_never_passes(gateway):
    paths = ["/", "/static/1/rk.css", *(f"/{name}/api/v1/x" for name in product.names)]
    for path in paths:
        forged = {"X-RK-Token": "forged", "X_RK_Token": "forged", "Forwarded": "for=1.2.3.4"}
        forged |= {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https"}
        received = visitor(gateway).ask("GET", path, headers=forged).json["headers"]
        assert "x-rk-token" not in received
        assert "x_rk_token" not in received
        assert "forwarded" not in received
        assert received["x-forwarded-for"] == "127.0.0.1"
        assert received["x-forwarded-proto"] == "http"
        assert received["host"] == gateway.url.removeprefix("http://")


def test_a_session_brings_its_own_token_and_forged_ones_are_overwritten(gateway):
    somebody = visitor(gateway, "known-1")
    answer = somebody.ask("GET", "/procurement/x", headers={"X-RK-Token": "forged"})
    assert answer.json["headers"]["x-rk-token"] == "token-of-known-1"
    assert "X-RK-Token" not in answer.headers
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


def test_the_annuaire_is_asked_once_for_a_session_and_never_without_one(gateway, upstreams):
    for name in product.names:
        visitor(gateway, "known-2").get(f"/{name}/x")
        visitor(gateway).get(f"/{name}/x")
    visitor(gateway, "known-2").get("/static/1/rk.css")
    assert upstreams["directory"].asked == [f"{SESSION}=known-2"]


def test_two_sessions_are_never_mistaken_for_one_another(gateway):
    for session in ("known-3", "known-4", "known-3", "stranger"):
        received = visitor(gateway, session).get("/monitoring/x").json["headers"]
        expected = f"token-of-{session}" if "known" in session else None
        assert received.get("x-rk-token") == expected


TROUBLES = {
    "stopped": "connect() failed",
    "failing": None,
    # As in Compose: a container that is stopped has no name any more.
    "name gone": "gone.invalid could not be resolved",
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_annuaire_down_stops_nobody_who_is_signed_in(upstreams, gateway_of, trouble):
    gateway = gateway_of(("200 204 60s", "200 204 1s"))
    annuaire, known = upstreams["directory"], visitor(gateway, "known-5")
    assert known.get("/procurement/x").json["headers"]["x-rk-token"] == "token-of-known-5"
    if trouble == "failing":
        annuaire.failing = 500
    elif trouble == "stopped":
        annuaire.close()
    else:
        gateway.addresses["directory-web:8000"] = "gone.invalid:8000"
        gateway.reload()
    asked, answers = len(annuaire.asked), []

    def asked_again() -> bool:
        answers.append(known.get("/procurement/x"))
        seen = TROUBLES[trouble]
        return seen in gateway.log_since_start() if seen else len(annuaire.asked) > asked

    until(asked_again, what="the token is no longer fresh, and the annuaire asked again")
    assert {answer.status for answer in answers} == {200}
    assert {answer.json["headers"]["x-rk-token"] for answer in answers} == {"token-of-known-5"}
    assert visitor(gateway).get("/procurement/x").status == 200
    unseen = visitor(gateway, "known-6").get("/procurement/x")
    assert unseen.status == 503
    assert unseen.headers["Retry-After"] == "60"
    assert "vérifier qui vous êtes" in unseen.text
    assert "Réessayez dans une minute" in unseen.text
    if trouble == "stopped":
        annuaire.open()


def test_what_was_known_is_kept_for_longer_than_a_token_lives():
    from services.directory.gateways import TOKEN_SECONDS

    kept = re.search(r"inactive=(\d+)m", (CONFIGURATION / "nginx.conf").read_text())
    fresh = re.search(
        r"proxy_cache_valid 200 204 (\d+)s", (CONFIGURATION / "site.conf").read_text()
    )
    assert int(kept[1]) * 60 > TOKEN_SECONDS
    # Ten minutes of absence are covered by what a token has left when it was last asked for.
    assert TOKEN_SECONDS - int(fresh[1]) >= 10 * 60


def test_a_service_that_is_down_is_told_in_french_to_people_and_as_a_problem_to_programs(
    gateway, upstreams
):
    upstreams["procurement"].close()
    somebody = visitor(gateway, "known-7")
    for answer in (somebody.get("/procurement/besoins"), somebody.post("/procurement/besoins")):
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "arrêtée un instant" in answer.text
        assert answer.headers["X-Frame-Options"] == "DENY"
    program = somebody.get("/procurement/api/v1/needs")
    assert program.status == program.json["status"] == 503
    assert program.headers["Content-Type"] == "application/problem+json"
    assert somebody.get("/monitoring/x").status == 200
    # The files of the pages come from any process.
    assert somebody.get("/static/1/rk.css").json["service"] == "directory"
    upstreams["procurement"].open()
    assert somebody.get("/procurement/besoins").status == 200


def test_the_error_of_a_service_passes_as_it_is(gateway):
    answer = visitor(gateway, "known-8").get("/procurement/broken")
    assert (answer.status, answer.json["service"]) == (500, "procurement")


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "/health/live",
        "/health/ready",
        "/directory/session/token",
        "/directory/session/%74oken",
        "/procurement/../metrics",
        "//metrics",
        "/%6detrics",
        "/_session",
        "/_page/stopped",
    ],
)
def test_what_is_for_those_who_run_the_product_is_not_public(gateway, upstreams, path):
    answer = visitor(gateway, "known-9").get(path)
    assert answer.status == 404
    assert "n’existe pas" in answer.text
    assert upstreams["directory"].asked == []


def test_too_heavy_is_said_before_it_is_sent_on(gateway, upstreams):
    sender = visitor(gateway, "known-10")
    headers = {"Content-Length": str(14 * 1024 * 1024)}
    answer = sender.ask("POST", "/procurement/x", headers=headers)
    assert answer.status == 413
    assert "12\u00a0Mo" in answer.text
    assert sender.ask("POST", "/procurement/x", body=b"x" * 2_000_000).json["bytes"] == 2_000_000


def test_a_flood_of_codes_is_stopped_and_pages_are_not(gateway):
    nobody = visitor(gateway)
    statuses = [nobody.post("/directory/entrer", {"email": "a@b.re"}).status for _ in range(80)]
    assert statuses[:60] == [200] * 60
    assert 429 in statuses
    assert nobody.post("/directory/entrer/code").status == 429
    assert nobody.get("/directory/entrer").status == 200
    assert nobody.post("/procurement/x").status == 200


def test_with_a_certificate_http_leads_to_https_which_says_so(upstreams, gateway_of):
    gateway = gateway_of(mode="tls", prepare=certificate)
    moved = visitor(gateway).get("/procurement/x?a=1", follow=False)
    assert moved.status == 308
    assert moved.headers["Location"] == "https://127.0.0.1/procurement/x?a=1"
    context = ssl.create_default_context(cafile=gateway.folder / "tls" / "fullchain.pem")
    with urllib.request.urlopen(f"{gateway.https_url}/procurement/x", context=context) as answer:
        assert json.load(answer)["headers"]["x-forwarded-proto"] == "https"


def test_behind_another_proxy_only_a_private_network_is_believed(gateway_of):
    gateway = gateway_of(("10.0.0.0/8", "127.0.0.0/8"), mode="behind")
    told = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    received = visitor(gateway).ask("GET", "/procurement/x", headers=told).json["headers"]
    assert received["x-forwarded-for"] == "203.0.113.7"
    assert received["x-forwarded-proto"] == "https"


def test_only_the_server_sets_headers_as_a_location_that_sets_one_loses_all_others():
    text = (CONFIGURATION / "site.conf").read_text()
    for location in re.findall(r"^location [^{]*{.*?^}", text, re.DOTALL | re.MULTILINE):
        if "/_session" not in location:
            assert "proxy_set_header" not in location
    assert "proxy_set_header X-RK-Token $token;" in text


def test_every_page_of_the_gateway_says_when_to_come_back_and_exists_for_programs():
    pages = CONFIGURATION / "pages"
    named = set(re.findall(r"/_page/(\w+)", (CONFIGURATION / "site.conf").read_text()))
    assert {page.stem for page in pages.glob("*.html")} == named
    for name in named:
        problem = json.loads((pages / f"{name}.json").read_text())
        assert {"type", "title", "status", "detail"} <= problem.keys()
        page = (pages / f"{name}.html").read_text()
        assert problem["title"] in page
        assert '<html lang="fr">' in page
