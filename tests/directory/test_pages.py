"""The pages of the annuaire: entering, acting, being refused with everything kept."""

import re

import pytest

from services.directory import commands, queries
from services.directory.events import CITY, Role, committee_scope
from shared.kernel.rights import ANONYMOUS


def text(answer):
    return answer.get_data(as_text=True)


def code_in(directory):
    mails = [m for m in directory.mails() if "code" in m.subject]
    return re.search(r"\b(\d{6})\b", mails[-1].text)[1]


# Entering


def test_one_enters_with_the_code_and_lands_where_one_was_going(directory, city):
    browser = directory.client()
    sent = browser.post("/entrer", data={"email": "zoe@exemple.re", "vers": "/procurement/1"})
    assert (sent.status_code, sent.location) == (303, "/directory/entrer/code")
    inside = browser.post("/entrer/code", data={"code": code_in(directory)})
    assert (inside.status_code, inside.location) == (303, "/procurement/1")
    cookie = browser.get_cookie("rk_session")
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert not cookie.secure


def test_on_https_the_cookie_is_protected_and_bound_to_the_host(directory, city):
    browser = directory.client()
    options = {"base_url": "https://ville.exemple/directory"}
    browser.post("/entrer", data={"email": "zoe@exemple.re"}, **options)
    answer = browser.post("/entrer/code", data={"code": code_in(directory)}, **options)
    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if "session" in c]
    assert cookie.startswith("__Host-rk_session=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_on_https_a_plain_cookie_is_not_believed(directory, city):
    secret = directory.do(commands.enter_as, as_=ANONYMOUS, person_id=city.member)
    browser = directory.client()
    browser.set_cookie("rk_session", secret, domain="ville.exemple")
    plain = browser.get("/session/token", base_url="http://ville.exemple/directory")
    protected = browser.get("/session/token", base_url="https://ville.exemple/directory")
    assert "X-RK-Token" in plain.headers
    assert "X-RK-Token" not in protected.headers


@pytest.mark.parametrize(
    "target", ["https://ailleurs.exemple", "//ailleurs.exemple", "/\\ailleurs.exemple", "x", ""]
)
def test_entering_never_leads_to_another_site(directory, city, target):
    browser = directory.client()
    browser.post("/entrer", data={"email": "zoe@exemple.re", "vers": target})
    inside = browser.post("/entrer/code", data={"code": code_in(directory)})
    assert inside.location == "/"


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(directory, city):
    pages = []
    for email in ("zoe@exemple.re", "zzz@exemple.re"):
        browser = directory.client()
        sent = browser.post("/entrer", data={"email": email})
        page = text(browser.get("/entrer/code")).replace(email, "…")
        wrong = text(browser.post("/entrer/code", data={"code": "x"}))
        pages.append((sent.status_code, sent.location, page, wrong.replace(email, "…")))
    assert pages[0] == pages[1]


def test_a_wrong_code_says_how_many_tries_are_left(directory, city):
    browser = directory.client()
    browser.post("/entrer", data={"email": "zoe@exemple.re"})
    answer = browser.post("/entrer/code", data={"code": "x"})
    assert answer.status_code == 422
    assert "4 essais" in text(answer)


def test_an_address_typed_wrong_is_given_back(directory):
    answer = directory.client().post("/entrer", data={"email": "zoe@"})
    assert answer.status_code == 422
    assert 'value="zoe@"' in text(answer)
    assert "Erreur" in text(answer)


def test_leaving_takes_the_cookie_away(directory, city):
    secret = directory.do(commands.enter_as, as_=ANONYMOUS, person_id=city.member)
    browser = directory.client()
    browser.set_cookie("rk_session", secret)
    browser.post("/sortir")
    assert browser.get_cookie("rk_session") is None
    assert directory.rows("sessions") == []


def test_another_site_cannot_make_somebody_leave_or_act(directory, city):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.exemple"}):
        answer = directory.client(city.officer).post(
            f"/personnes/{city.member}/effacer", data={"sure": "1"}, headers=headers
        )
        assert answer.status_code == 403
    assert directory.ask(queries.person_card, person_id=city.member)["name"] == "Zoe"


def test_home_leads_to_the_door_then_to_the_role(directory, city):
    assert directory.client().get("/").location == "/directory/personas"
    assert directory.client(city.member).get("/").location == "/directory/compte"
    assert directory.client(city.officer).get("/").location == "/directory/personnes"
    assert directory.client(city.nobody).get("/").location == "/directory/compte"


def test_a_persona_is_entered_by_one_post_and_never_by_a_link(directory, city):
    browser = directory.client()
    page = text(browser.get("/personas"))
    assert "Zoe" in page
    assert browser.get(f"/personas/{city.member}").status_code == 405
    assert browser.post(f"/personas/{city.member}").status_code == 303
    assert browser.get_cookie("rk_session")


# Acting

READ_BY_OFFICER = [
    "/compte",
    "/compte/effacer",
    "/messages",
    "/personnes",
    "/personnes?search=zoe&role=member",
    "/personnes?search=personne-de-ce-nom",
    "/personnes/inviter",
    "/personnes/{person}",
    "/personnes/{person}/roles",
    "/personnes/{person}/effacer",
    "/delegations",
    "/delegations/nouvelle",
    "/delegations/fin-de-mandat",
    "/comites",
    "/comites?sector=Secteur+A",
    "/comites/nouveau",
    "/comites/{committee}",
    "/comites/{committee}/inviter",
    "/comites/{committee}/fermer",
    "/mon-comite",
    "/structures",
    "/structures?search=x&kind=shop",
    "/structures/nouvelle",
    "/structures/{relay}",
    "/accessibilite",
    "/donnees-personnelles",
    "/aide",
    "/personas",
    "/courriels",
]
CLOSED = [
    *(p for p in READ_BY_OFFICER if p.startswith(("/personnes", "/delegations"))),
    "/comites/nouveau",
    "/comites/{committee}/inviter",
    "/comites/{committee}/fermer",
]


@pytest.fixture
def addresses(directory, city):
    relay = directory.do(
        commands.list_relay, organisation="Asso Démo", kind="association", sector="Secteur A"
    )["id"]
    return {"person": city.member, "committee": city.one, "relay": relay}


def test_every_page_opens_for_the_officer(directory, city, addresses):
    browser = directory.client(city.officer)
    for path in READ_BY_OFFICER:
        assert browser.get(path.format(**addresses)).status_code == 200, path


def test_pages_of_the_directorate_are_closed_to_members_and_ask_others_to_enter(
    directory, city, addresses
):
    for path in CLOSED:
        for who, status in ((city.member, 403), (None, 401)):
            answer = directory.client(who).get(path.format(**addresses))
            assert answer.status_code == status, path
            assert "zoe@exemple.re" not in text(answer)


def test_an_officer_invites_gives_a_role_and_withdraws_it(directory, city):
    browser = directory.client(city.officer)
    invited = browser.post("/personnes/inviter", data={"name": "Ida", "email": "ida@exemple.re"})
    assert invited.status_code == 303
    page = invited.location.removeprefix("/directory")
    given = browser.post(f"{page}/roles", data={"role": "finance_clerk", "scope": CITY})
    assert given.status_code == 303
    shown = text(browser.get(page))
    assert "Agent des finances" in shown
    revoke = re.search(r'action="/directory(/personnes/[^"]+/retirer)"', shown)[1]
    assert browser.post(revoke).status_code == 303
    assert "Agent des finances" not in text(browser.get(page)).split("Rôles passés")[0]


def test_a_form_sent_twice_invites_once(directory, city):
    browser = directory.client(city.officer)
    form = {"name": "Ida", "idempotency_key": "same"}
    places = {browser.post("/personnes/inviter", data=form).location for _ in range(2)}
    assert len(places) == 1


def test_a_refused_invitation_gives_back_what_was_typed_and_says_where(directory, city):
    form = {"name": "Ida Essai", "email": "ida@", "phone": "0692 12 34 56"}
    answer = directory.client(city.officer).post("/personnes/inviter", data=form)
    assert answer.status_code == 422
    page = text(answer)
    for typed in form.values():
        assert f'value="{typed}"' in page
    assert 'href="#champ-email"' in page
    assert "<title>Erreur" in page.replace("\u00a0", " ").replace("\n", "")


def test_giving_oneself_a_role_shows_rule_missing_and_who_unblocks(directory, city):
    answer = directory.client(city.officer).post(
        f"/personnes/{city.officer}/roles", data={"role": "finance_clerk", "scope": CITY}
    )
    assert answer.status_code == 403
    for words in ("Règle", "Ce qui manque", "Qui débloque", "à vous-même"):
        assert words in text(answer)


def test_a_lead_invites_and_removes_a_member_from_the_committee_page(directory, city):
    browser = directory.client(city.lead)
    assert browser.get("/mon-comite").location == f"/directory/comites/{city.one}"
    invited = browser.post(f"/comites/{city.one}/inviter", data={"name": "Ida"})
    assert invited.status_code == 303
    page = text(browser.get(f"/comites/{city.one}"))
    assert "Ida" in page
    for path in re.findall(r'action="/directory(/comites/[^"]+/retirer)"', page):
        assert browser.post(path).status_code == 303
    card = directory.ask(queries.committee_card, committee_id=city.one)
    assert {p["role"] for p in card["people"]} == {Role.LEAD}


def test_an_act_is_recorded_and_ended(directory, city):
    browser = directory.client(city.officer)
    act = {
        "delegate": str(city.nobody),
        "on_behalf_of": "le maire",
        "act_reference": "Arrêté 2026-117",
        "ceiling_incl_tax": "25 000,00",
        "since": "2026-04-01",
    }
    assert browser.post("/delegations/nouvelle", data=act).status_code == 303
    page = text(browser.get("/delegations"))
    assert "25\u202f000,00\u00a0€" in page or "25\u00a0000,00\u00a0€" in page
    (end,) = re.findall(r'action="/directory(/delegations/[^"]+/fin)"', page)
    assert browser.post(end).status_code == 303
    assert "Terminée" in text(browser.get("/delegations"))


def test_erasing_needs_the_box_ticked(directory, city):
    browser = directory.client(city.member)
    assert browser.post("/compte/effacer", data={}).status_code == 422
    assert browser.post("/compte/effacer", data={"sure": "1"}).status_code == 303
    assert directory.ask(queries.person_card, person_id=city.member)["erased_at"]


def test_somebody_gives_back_their_role_and_changes_their_channel(directory, city):
    browser = directory.client(city.member)
    (back,) = re.findall(r'action="/directory(/compte/roles/[^"]+)"', text(browser.get("/compte")))
    assert browser.post(back).status_code == 303
    form = {"name": "Zoé", "email": "zoe@exemple.re", "phone": "", "channel": "page"}
    assert browser.post("/compte", data=form).status_code == 303
    card = directory.ask(queries.person_card, person_id=city.member)
    assert (card["name"], card["channel"], card["roles"]) == ("Zoé", "page", [])


def test_a_name_never_becomes_markup(directory, city):
    directory.do(
        commands.invite_person,
        name="<script>alert(1)</script>",
        email="x@exemple.re",
        role=Role.MEMBER,
        scope=committee_scope(city.one),
    )
    browser = directory.client(city.officer)
    for path in ("/personnes", f"/comites/{city.one}", "/personas"):
        page = text(browser.get(path))
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_a_message_is_opened_from_its_page(directory, city):
    directory.do(
        commands.keep_message, person_id=city.member, text="À lire", link="/directory/aide"
    )
    browser = directory.client(city.member)
    page = text(browser.get("/messages"))
    (opening,) = re.findall(r'action="/directory(/messages/[^"]+)"', page)
    assert browser.post(opening).location == "/directory/aide"
    assert "lu" in text(browser.get("/messages"))
