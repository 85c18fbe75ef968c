"""Pages of campaigns and prints: each is shown what is theirs, and each refusal beside its field."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.communication import commands, queries
from services.communication.model import State
from tests.communication.world import ACTION, PDF, PEOPLE, PNG, World, person_id

GROUP = ("member", "lead")
READERS = (*GROUP, "sector", "dpc", "elu", "auditor", "printer")
STRANGERS = ("stranger", "agent")
CAMPAIGN = f"/campagnes/{ACTION}"


def every_state(world: World) -> dict[str, UUID]:
    """A print in each state."""
    draft = world.do(commands.open_print, "member", campaign_id=ACTION, brief=world.brief())
    correcting, approved, pressed = world.proofed(), world.proofed(), world.proofed()
    told = {"seen": world.seen(correcting), "reason": "Le logo"}
    world.do(commands.ask_corrections, "lead", request_id=correcting, **told)
    for request in (approved, pressed):
        world.approve(request)
    world.do(commands.start_printing, "printer", request_id=pressed)
    refused, outside, cancelled = world.requested(), world.requested(), world.requested()
    world.do(commands.refuse_print, "printer", request_id=refused, reason="Trop long")
    world.do(commands.send_outside, "printer", request_id=outside, reason="Trop grand")
    world.do(commands.cancel_print, "member", request_id=cancelled, reason="Sans objet")
    need = uuid4()
    ordered = world.needed(need)
    whole = {"request_id": ordered, "send": True, "brief": world.brief()}
    world.do(commands.complete_brief, "member", **whole)
    world.do(commands.send_outside, "printer", request_id=ordered, reason="Trop grand")
    world.do(commands.book_outside, None, need_id=need, ready_by=world.day(75))
    late = world.accepted("12", needed_by=world.day(15))
    world.do(commands.propose_date, "printer", request_id=late, needed_by=world.day(60))
    return {
        "draft": draft,
        "requested": world.requested(),
        "accepted": late,
        "scheduled": world.placed(),
        "proof": world.proofed(PNG),
        "correcting": correcting,
        "approved": approved,
        "printing": pressed,
        "outside": outside,
        "ordered": ordered,
        "delivered": world.delivered(),
        "refused": refused,
        "cancelled": cancelled,
    }


def test_every_page_opens_for_those_it_is_for_in_every_state(world: World):
    prints = every_state(world)
    assert {str(world.state(request)) for request in prints.values()} == set(State)
    for who in READERS:
        world.page(who, "/catalogue")
        world.page(who, CAMPAIGN)
        world.page(who, "/")
        world.page(who, "/?clos=1")
        for request in prints.values():
            world.page(who, f"/demandes/{request}")
            world.page(who, f"/demandes/{request}/bat")
    for who in GROUP:
        world.page(who, f"{CAMPAIGN}/strategie")
        world.page(who, f"{CAMPAIGN}/distribution")
        world.page(who, f"{CAMPAIGN}/demander")
        world.page(who, f"/demandes/{prints['draft']}/completer")
    for who in ("printer", "dpc", "auditor"):
        for path in ("/plan", "/demandes", "/demandes?clos=1", "/capacite"):
            world.page(who, path)
    for path in (
        "/capacite/semaine",
        "/capacite/support?support=flyer",
        "/capacite/support?support=other",
    ):
        world.page("printer", path)
    world.page("printer", "/capacite/support?support=statue", 404)


def test_campaigns_open_in_every_standing(world: World):
    world.strategy()
    world.page("lead", CAMPAIGN)
    request = world.delivered()
    assert "La campagne est lancée" in world.page("member", CAMPAIGN)
    report = {"campaign_id": ACTION, "request_id": request, "zone": "Marché", "count": 50}
    world.do(commands.report_distribution, "member", **report)
    world.do(commands.end_campaign, "lead", campaign_id=ACTION, why="Tout est dit")
    page = world.page("lead", CAMPAIGN)
    assert "50\u00a0exemplaires distribués" in page
    assert "Fête de quartier" in world.page("member", "/?clos=1")
    assert "Fête de quartier" not in world.page("member", "/")
    world.page("member", f"{CAMPAIGN}/distribution")


def test_who_has_no_right_gets_a_page_that_says_so(world: World):
    request = world.proofed()
    for who in STRANGERS:
        for path in (CAMPAIGN, f"/demandes/{request}", f"/demandes/{request}/bat/1", "/plan"):
            world.page(who, path, 403)
    for who in GROUP:
        for path in ("/plan", "/demandes", "/capacite"):
            world.page(who, path, 403)
    assert world.runtime.apps["communication"].test_client().get("/plan").status_code == 401
    world.page("lead", f"/campagnes/{uuid4()}", 404)
    world.page("lead", f"/demandes/{uuid4()}", 404)
    world.page("lead", f"/demandes/{request}/bat/9", 404)


def test_each_committee_sees_its_own_and_the_workshop_all(world: World):
    request = world.requested()
    for who in READERS:
        assert "Flyers de la fête" in world.page(who, CAMPAIGN)
    assert "Fête de quartier" not in world.page("stranger", "/")
    assert str(request) in world.page("printer", "/demandes")
    assert "Flyers de la fête" in world.page("printer", "/demandes?format=csv")
    assert "Fête de quartier" in world.page("sector", "/?format=csv")
    assert "Semaine du" in world.page("printer", "/plan?format=csv")


# the strategy


def said(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "targets-0-public": "Les familles",
        "targets-0-place": "École",
        "targets-0-message": "Venez !",
        "targets-1-public": "",
        "channels": ["schools", "whatsapp"],
        "supports-0-support": "flyer",
        "supports-0-quantity": "300",
        "supports-1-support": "poster",
        "supports-1-quantity": "",
        "gates": ["plan", "flyer"],
        "zones": "Rue des Manguiers\r\n\r\nMarché\r\n",
        "agreed": "Réunion, à main levée",
    }
    return whole | changes


@pytest.mark.feature("K1", "K3", "K4")
def test_a_strategy_is_adopted_from_the_page(world: World):
    version = str(world.campaign()["version"])
    lead = world.browser("lead")
    done = lead.post(f"{CAMPAIGN}/strategie", data=said(version=version))
    assert done.status_code == 303
    campaign = world.campaign()
    assert campaign["zones"] == ["Rue des Manguiers", "Marché"]
    assert campaign["channels"] == ["schools", "whatsapp"]
    late = lead.post(f"{CAMPAIGN}/strategie", data=said(version=version, agreed="Perdu ?"))
    assert late.status_code == 412
    assert "Perdu ?" in late.text
    page = world.page("member", CAMPAIGN)
    for word in ("Les familles", "Écoles et WhatsApp", "300", "Rue des Manguiers"):
        assert word in page


@pytest.mark.parametrize(
    "changes, field, sentence",
    [
        ({"targets-0-public": ""}, "targets-0-public", "Répondez"),
        ({"channels": []}, "channels", "au moins un canal"),
        ({"gates": ["banner"]}, "gates", "On n’attend que ce qui est prévu"),
        ({"agreed": ""}, "agreed", "Dites comment le groupe"),
        ({"supports-0-quantity": "beaucoup"}, "supports-0-quantity", "nombre entier"),
        ({"starts_on": "2027-02-29"}, "starts_on", "Le 29 février 2027 n’existe pas."),
        ({"starts_on": "2027-05-02", "ends_on": "2027-05-01"}, "ends_on", "après le début"),
    ],
)
def test_a_strategy_refused_says_where_and_keeps_what_was_typed(world, changes, field, sentence):
    refused = world.browser("lead").post(f"{CAMPAIGN}/strategie", data=said(**changes))
    assert refused.status_code == 422
    assert sentence in refused.text
    assert f'href="#champ-{field}"' in refused.text
    assert f'id="champ-{field}"' in refused.text
    assert "Rue des Manguiers" in refused.text
    assert world.campaign()["edition"] == 0


def test_only_the_lead_adopts(world: World):
    for who in ("member", "dpc", "printer"):
        assert world.browser(who).post(f"{CAMPAIGN}/strategie", data=said()).status_code == 403


# the launch


def test_the_dpc_gives_a_reason_for_each_thing_beside_its_field(world: World):
    world.strategy()
    page = world.page("dpc", CAMPAIGN)
    assert "Lancer sans attendre" in page
    assert "Lancer sans attendre" not in world.page("lead", CAMPAIGN)
    dpc, here = world.browser("dpc"), f"{CAMPAIGN}/lancer-sans-attendre"
    form = {"missing-0-what": "flyer", "missing-0-why": ""}
    refused = dpc.post(here, data=form)
    assert refused.status_code in (409, 422)
    assert re.search(r'id="erreur-missing-0-why"', refused.text)
    form |= {"missing-0-why": "Le porte-à-porte suffit"}
    assert world.browser("lead").post(here, data=form).status_code == 403
    assert dpc.post(here, data=form).status_code == 303
    assert "Le porte-à-porte suffit" in world.page("member", CAMPAIGN)


def test_the_lead_is_told_why_a_campaign_does_not_start(world: World):
    world.strategy()
    refused = world.browser("lead").post(f"{CAMPAIGN}/lancer", data={})
    assert refused.status_code == 409
    for word in ("Tout n’est pas prêt", "Règle", "Qui débloque", "DPC-CAC"):
        assert word in refused.text
    world.strategy(gates=[], supports=[])
    assert world.browser("lead").post(f"{CAMPAIGN}/lancer", data={}).status_code == 303


def test_a_campaign_is_ended_with_a_reason(world: World):
    world.strategy(gates=[], supports=[])
    lead = world.browser("lead")
    lead.post(f"{CAMPAIGN}/lancer", data={})
    refused = lead.post(f"{CAMPAIGN}/terminer", data={"why": ""})
    assert refused.status_code == 422
    assert 'id="erreur-why"' in refused.text
    assert lead.post(f"{CAMPAIGN}/terminer", data={"why": "Tout est dit"}).status_code == 303


# the brief


def brief(world: World, **changes: Any) -> dict[str, str]:
    whole = world.brief() | {"printer_mention": "1", "french_text": "1", "image_rights": "1"}
    form = {name: str(value) for name, value in whole.items()}
    return form | {"priority": "2"} | changes


@pytest.mark.feature("K11", "K24")
def test_a_print_is_asked_for_kept_and_sent_from_the_pages(world: World):
    member = world.browser("member")
    made = member.post(f"{CAMPAIGN}/demander", data=brief(world, text="", image_rights=""))
    assert made.status_code == 303
    request = UUID(re.findall(r"[0-9a-f-]{36}", made.location)[0])
    assert world.state(request) == State.DRAFT
    assert "2 réponses manquent" in world.page("member", f"/demandes/{request}")
    here = f"/demandes/{request}/completer"
    refused = member.post(here, data=brief(world, text="", image_rights="", send="1"))
    assert refused.status_code == 422
    for field in ("text", "image_rights"):
        assert f'href="#champ-{field}"' in refused.text
        assert f'id="erreur-{field}"' in refused.text
    assert "Case du Chaudron" in refused.text
    assert member.post(here, data=brief(world, send="1")).status_code == 303
    assert world.state(request) == State.REQUESTED
    assert member.post(here, data=brief(world, send="1")).status_code == 409


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("title", "", "Répondez à cette question."),
        ("quantity", "0", "nombre entre 1"),
        ("needed_by", "2027-02-29", "Le 29 février 2027 n’existe pas."),
        ("needed_by", "2020-01-01", "Choisissez un jour à venir."),
        ("needed_by", "2090-01-01", "L’action a lieu le"),
        ("colours", "", "Choisissez les couleurs."),
        ("colours", "gold", "Choisissez dans la liste."),
        ("contact", "", "Choisissez la personne à joindre."),
        ("contact", str(person_id("stranger")), "La personne à joindre est du comité."),
        ("logo", "", "quelle version du logo"),
        ("printer_mention", "", "La mention de l’imprimeur"),
        ("text", "x" * 5001, "5000 caractères au plus"),
    ],
)
def test_a_brief_refused_says_where_and_keeps_what_was_typed(world, field, value, sentence):
    form = brief(world, send="1", **{field: value})
    refused = world.browser("member").post(f"{CAMPAIGN}/demander", data=form)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert f'href="#champ-{field}"' in refused.text
    assert f'id="erreur-{field}"' in refused.text
    assert "Case du Chaudron" in refused.text
    assert "print-requested" not in world.facts()


def test_a_poster_black_on_white_is_refused_with_the_law(world: World):
    form = brief(world, support="poster", colours="black", paper="white", send="1")
    refused = world.browser("member").post(f"{CAMPAIGN}/demander", data=form)
    assert "29 juillet 1881" in refused.text


def test_what_a_committee_writes_is_shown_as_text(world: World):
    request = world.requested(text="<script>alert(1)</script>", title="<b>Flyers</b>")
    for who in ("member", "printer"):
        page = world.page(who, f"/demandes/{request}")
        assert "<script>alert" not in page
        assert "<b>Flyers</b>" not in page


# the workshop


def deed(world: World, request: UUID, name: str, who: str = "printer", **form: Any) -> Any:
    return world.browser(who).post(f"/demandes/{request}/{name}", data=form)


def test_a_print_goes_from_the_brief_to_the_last_copy_on_the_pages(world: World):
    world.strategy()
    request = world.requested()
    assert deed(world, request, "accepter", hours="6,5").status_code == 303
    page = world.page("printer", f"/demandes/{request}")
    week = re.findall(r'name="week"[^>]*value="([0-9-]{10})"', page)[0]
    assert deed(world, request, "placer", week=week).status_code == 303
    assert "6,5" in world.page("printer", "/plan")
    assert deed(world, request, "bat", file=(BytesIO(PNG), "bat.png")).status_code == 303
    proof = world.page("lead", f"/demandes/{request}/bat")
    assert f'src="/communication/demandes/{request}/bat/1"' in proof
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', proof)[0]
    assert deed(world, request, "signer", "lead", seen=seen).status_code == 303
    assert deed(world, request, "imprimer").status_code == 303
    today = world.today.isoformat()
    assert deed(world, request, "livrer", quantity="300", on=today).status_code == 303
    assert world.campaign()["state"] == "launched"
    member = world.browser("member")
    form = {"request_id": str(request), "count": "120", "zone": "Rue des Manguiers"}
    assert member.post(f"{CAMPAIGN}/distribution", data=form).status_code == 303
    page = world.page("member", f"{CAMPAIGN}/distribution")
    assert "120" in page
    assert "180" in page


def test_a_file_of_a_proof_is_only_given_away_as_a_file(world: World):
    request = world.proofed(PDF)
    got = world.browser("lead").get(f"/demandes/{request}/bat/1")
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name, form, status, field, sentence",
    [
        ("accepter", {"hours": ""}, 422, "hours", "Répondez"),
        ("accepter", {"hours": "0"}, 422, "hours", "plus grande que zéro"),
        ("accepter", {"hours": "six"}, 422, "hours", "Écrivez une quantité"),
        ("accepter", {"hours": "6,125"}, 422, "hours", "Deux décimales"),
        ("refuser", {"reason": " "}, 422, "reason", "Répondez"),
        ("dehors", {"reason": ""}, 422, "reason", "Répondez"),
        ("placer", {"week": "hier"}, 422, "week", "Écrivez une date"),
    ],
)
def test_a_decision_refused_says_where(world: World, name, form, status, field, sentence):
    accepted = name == "placer"
    request = world.accepted() if accepted else world.requested()
    refused = deed(world, request, name, **form)
    assert refused.status_code == status
    assert sentence in refused.text
    assert f'id="erreur-{field}"' in refused.text


@pytest.mark.feature("K13")
def test_a_full_week_is_refused_beside_the_week_with_the_first_that_fits(world: World):
    first, second = world.placed("30"), world.accepted("12")
    week = world.row(first)["week"]
    refused = deed(world, second, "placer", week=week.isoformat())
    assert refused.status_code == 409
    assert 'id="erreur-week"' in refused.text
    assert f"{week + timedelta(7):%d/%m/%Y}" in refused.text
    early = deed(world, second, "placer", week=world.today.isoformat())
    assert "le BAT ne peut pas être signé" in early.text


@pytest.mark.feature("K13")
def test_what_fits_nowhere_is_said_with_its_true_day_and_the_ways_out(world: World):
    request = world.accepted("12", needed_by=world.day(20))
    for path in ("/plan", f"/demandes/{request}"):
        page = world.page("printer", path)
        assert "Au plus tôt" in page
        for way in ("Partir du modèle de la Ville", "Demander un devis dehors", "Proposer le"):
            assert way in page
    assert "Ne tient pas" in world.page("printer", "/demandes")
    refused = deed(world, request, "placer", week=world.day(60).isoformat())
    assert refused.status_code == 409
    assert "Première semaine qui convient" in refused.text
    day = world.day(60).isoformat()
    assert deed(world, request, "proposer", needed_by=day).status_code == 303
    page = world.page("lead", f"/demandes/{request}")
    assert "Une autre date est proposée" in page
    assert deed(world, request, "date", "lead", needed_by=day).status_code == 303
    assert world.row(request)["needed_by"] == world.day(60)


def test_the_plan_says_in_words_how_full_each_week_is(world: World):
    request = world.placed("35")
    assert "plein" in world.page("printer", "/plan")
    monday = world.row(request)["week"]
    world.do(commands.set_week, "printer", monday=monday, hours=Decimal(28), why="Congé")
    page = world.page("printer", "/plan")
    assert "trop de 7" in page
    assert "Congé" in page
    assert "1\u00a0semaine déborde" in page.replace("&nbsp;", "\u00a0")


def test_a_proof_that_is_no_picture_nor_pdf_is_refused_beside_its_field(world: World):
    request = world.placed()
    for file in (b"<svg/>", b""):
        refused = deed(world, request, "bat", file=(BytesIO(file), "bat.svg"))
        assert refused.status_code == 422
        assert 'id="erreur-file"' in refused.text
    assert world.state(request) == State.SCHEDULED


@pytest.mark.feature("K12")
def test_a_proof_replaced_meanwhile_is_not_signed_and_the_page_says_so(world: World):
    request = world.proofed()
    seen = world.seen(request)
    world.do(commands.publish_proof, "printer", request_id=request, file=PNG)
    refused = deed(world, request, "signer", "lead", seen=seen)
    assert refused.status_code == 409
    assert "Le BAT a été remplacé depuis que vous l’avez ouvert" in refused.text
    assert "rien n’est signé" in refused.text
    assert world.seen(request) in refused.text
    assert "proof-approved" not in world.facts()


def test_corrections_are_asked_with_their_reason_and_the_third_with_the_date(world: World):
    request = world.proofed()
    for number in range(2):
        bare = deed(world, request, "corriger", "lead", seen=world.seen(request), reason="")
        assert bare.status_code == 422
        assert 'id="erreur-reason"' in bare.text
        form = {"seen": world.seen(request), "reason": "Le logo"}
        assert deed(world, request, "corriger", "lead", **form).status_code == 303
        file = PDF + bytes([number])
        world.do(commands.publish_proof, "printer", request_id=request, file=file)
    form = {"seen": world.seen(request), "reason": "Encore"}
    refused = deed(world, request, "corriger", "lead", **form)
    assert refused.status_code == 409
    assert 'id="erreur-date_moves"' in refused.text
    assert "Encore" in refused.text
    assert deed(world, request, "corriger", "lead", date_moves="1", **form).status_code == 303


@pytest.mark.parametrize(
    "form, field, sentence",
    [
        ({"quantity": "", "on": "today"}, "quantity", "Répondez"),
        ({"quantity": "300", "on": "tomorrow"}, "on", "pas encore passée"),
        ({"quantity": "300", "on": "2027-02-30"}, "on", "n’existe pas"),
    ],
)
def test_a_delivery_refused_says_where(world: World, form, field, sentence):
    request = world.proofed()
    world.approve(request)
    days = {"today": world.today.isoformat(), "tomorrow": world.day(1).isoformat()}
    refused = deed(world, request, "livrer", **(form | {"on": days.get(form["on"], form["on"])}))
    assert refused.status_code == 422
    assert sentence in refused.text
    assert f'id="erreur-{field}"' in refused.text


def test_a_step_that_is_not_of_this_state_is_said_with_who_unblocks(world: World):
    request = world.delivered()
    for name, who, form in (
        ("accepter", "printer", {"hours": "2"}),
        ("annuler", "lead", {"reason": "Non"}),
        ("imprimer", "printer", {}),
    ):
        refused = deed(world, request, name, who, **form)
        assert refused.status_code == 409
        assert "en est à" in refused.text
        assert "Qui débloque" in refused.text


# distribution


@pytest.mark.feature("K14")
@pytest.mark.parametrize(
    "form, field, sentence",
    [
        ({"count": "301", "zone": "Marché"}, "count", "Il en reste 300."),
        ({"count": "0", "zone": "Marché"}, "count", "nombre entre 1"),
        ({"count": "10", "zone": ""}, "zone", "Dites où."),
        (
            {"count": "10", "zone": "Marché", "request_id": ""},
            "request_id",
            "Choisissez dans la liste.",
        ),
    ],
)
def test_a_distribution_refused_says_where(world: World, form, field, sentence):
    world.strategy()
    request = world.delivered()
    whole = {"request_id": str(request), **form}
    refused = world.browser("member").post(f"{CAMPAIGN}/distribution", data=whole)
    assert refused.status_code in (409, 422)
    assert sentence in refused.text
    assert f'href="#champ-{field}"' in refused.text
    assert world.row(request)["handed_out"] == 0


@pytest.mark.feature("K14", "K23")
def test_zones_where_nobody_went_yet_are_seen(world: World):
    world.strategy(zones=["Le haut", "Le bas"])
    request = world.delivered()
    form = {"request_id": str(request), "count": "40", "zone": "Le haut", "elsewhere": ""}
    world.browser("member").post(f"{CAMPAIGN}/distribution", data=form)
    form |= {"zone": "", "elsewhere": "Rue Ailleurs", "count": "5"}
    world.browser("lead").post(f"{CAMPAIGN}/distribution", data=form)
    card = world.ask(queries.campaign, "elu", campaign_id=ACTION)
    found = [(row["zone"], row["count"]) for row in card["by_zone"]]
    assert found == [("Le haut", 40), ("Le bas", 0), ("Rue Ailleurs", 5)]
    assert "Pas encore" in world.page("member", CAMPAIGN)


# hours and delays


@pytest.mark.feature("K21")
def test_the_catalogue_says_what_is_printed_and_when_it_would_be_ready(world: World):
    form = {"support": "flyer", "hours": "3", "conception": "1", "review": "2", "proof": "1"}
    form |= {"printing": "1", "delivery": "1", "conditions": "A5, mille au plus"}
    here = "/capacite/support"
    assert world.browser("printer").post(here, data=form).status_code == 303
    page = world.page("member", "/catalogue")
    assert "A5, mille au plus" in page
    assert "livré vers le" in page
    for name in ("hours", "conception", "delivery"):
        refused = world.browser("printer").post(here, data=form | {name: "deux"})
        assert refused.status_code == 422
        assert f'id="erreur-{name}"' in refused.text
        assert "A5, mille au plus" in refused.text
    assert world.browser("lead").post(here, data=form).status_code == 403


def test_hours_of_the_weeks_are_said_and_refused_beside_their_field(world: World):
    printer = world.browser("printer")
    version = world.ask(queries.workshop_card, "printer")["version"]
    form = {"hours": "30", "reserve": "31", "version": str(version)}
    refused = printer.post("/capacite", data=form)
    assert refused.status_code == 422
    assert 'id="erreur-reserve"' in refused.text
    assert printer.post("/capacite", data=form | {"reserve": "3,5"}).status_code == 303
    past = {"monday": world.day(-14).isoformat(), "hours": "3", "why": ""}
    refused = printer.post("/capacite/semaine", data=past)
    assert refused.status_code == 422
    assert "semaine à venir" in refused.text
    coming = past | {"monday": world.day(14).isoformat(), "why": "Congé"}
    assert printer.post("/capacite/semaine", data=coming).status_code == 303
    assert "Congé" in world.page("printer", "/capacite")
    assert printer.post("/capacite/semaine", data=coming | {"hours": ""}).status_code == 303
    assert "Congé" not in world.page("printer", "/capacite")


# who is told what


def test_each_is_told_what_to_do_next(world: World):
    assert "Adopter la stratégie" in world.page("lead", "/")
    assert "Adopter la stratégie" not in world.page("member", "/")
    need = world.needed()
    assert "Compléter la demande" in world.page("member", "/")
    world.do(commands.complete_brief, "member", request_id=need, send=True, brief=world.brief())
    assert "Compléter la demande" not in world.page("member", "/")
    request = world.proofed()
    assert "Relire et signer le BAT" in world.page("lead", "/")
    assert "Relire et signer le BAT" not in world.page("member", "/")
    assert "Signer ce BAT" in world.page("lead", f"/demandes/{request}/bat")
    for who in ("member", "dpc", "printer"):
        assert "Signer ce BAT" not in world.page(who, f"/demandes/{request}/bat")
    assert "Rita Modèle" in world.page("member", f"/demandes/{request}")
    assert set(PEOPLE) > set(READERS)
