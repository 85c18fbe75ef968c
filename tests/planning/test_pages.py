"""Pages of the group, of departments and of those who follow: everyone sees what is theirs."""

import re
from datetime import date, timedelta
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest

from services.planning import commands
from services.planning.model import INSTALLATION
from tests.planning.world import ACTION, DAY, FALLBACK, READERS, RELAY, World, person_id

HERE = f"/actions/{ACTION}"
OF_PLAN = ("", "/besoins", "/qui-fait-quoi", "/journee", "/bilan", "/cloture")


def flash(response) -> str:
    """What the next page says."""
    return unquote(response.headers.get("Set-Cookie", ""))


def adoption(**changes: str) -> dict[str, str]:
    return {
        "day": DAY.isoformat(),
        "fallback_day": FALLBACK.isoformat(),
        "place": "Place du marché",
        "lead": str(person_id("lead")),
        "agreed": "À main levée",
    } | changes


def test_every_page_opens_for_those_it_is_for_in_every_state(world: World):
    def look() -> None:
        for who in READERS:
            world.page(who, "/")
            world.page(who, "/?fin=1")
            for rest in OF_PLAN:
                world.page(who, HERE + rest)
        for who in ("member", "lead"):
            world.page(who, "/mes-taches")

    look()
    world.page("lead", f"{HERE}/adopter")
    world.adopted()
    needs = [world.buy(), world.print(), world.street(), world.relay()]
    for kind in ("achat", "impression", "service", "relais"):
        world.page("member", f"{HERE}/besoins/{kind}")
    for need in needs:
        for who in READERS:
            world.page(who, f"/besoins/{need}")
    world.page("lead", f"{HERE}/jour")
    world.page("agent", "/demandes")
    world.page("agent", "/demandes?repondu=1")
    world.page("agent", f"/demandes/{needs[2]}")
    for who in READERS:
        world.page(who, f"/taches/{world.task('spread')}")
    world.page("member", f"/taches/{world.task('spread')}/modifier")
    world.page("member", f"{HERE}/taches/nouvelle")
    look()
    world.money("12.00")
    world.held()
    look()
    world.reviewed()
    look()
    pdf = world.browser("elu").get(f"{HERE}/bilan.pdf")
    assert pdf.data.startswith(b"%PDF")
    world.all_done()
    for need in needs:
        world.do(commands.withdraw_need, "lead", need_id=need, why="Fini")
    world.do(commands.close_action, "lead", action_id=ACTION)
    look()


def test_who_has_no_right_gets_a_page_that_says_so(world: World):
    world.adopted()
    need = world.street()
    for rest in OF_PLAN:
        world.page("stranger", HERE + rest, 403)
        world.page("agent", HERE + rest, 403)
    world.page("stranger", f"/besoins/{need}", 403)
    world.page("stranger", f"/taches/{world.task('day')}", 403)
    world.page("logistics", f"/demandes/{need}", 403)
    world.page("dpc", "/mes-taches", 403)
    world.page("member", "/demandes", 403)
    world.page(None, HERE, 401)
    world.page("lead", f"/actions/{uuid4()}", 404)


# the plan


@pytest.mark.feature("P3", "Y12")
def test_a_plan_is_tried_on_a_day_then_adopted(world: World):
    lead = world.browser("lead")
    tried = lead.post(f"{HERE}/adopter", data=adoption(go="try", day="2027-07-10"))
    assert tried.status_code == 200
    assert "ne tiennent plus" in tried.text
    assert world.plan()["state"] == "draft"
    answer = lead.post(f"{HERE}/adopter", data=adoption())
    assert answer.status_code == 303
    assert world.plan()["state"] == "adopted"
    assert "déjà adopté" in lead.post(f"{HERE}/adopter", data=adoption()).text
    assert world.browser("member").post(f"{HERE}/adopter", data=adoption()).status_code == 403


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("day", "2027-02-29", "Le 29 février 2027 n’existe pas"),
        ("day", "2027-06-01", "Choisissez un jour à venir"),
        ("day", "2031-01-01", "plus de deux ans"),
        ("day", "demain", "jour"),
        ("day", "2027-11-20", "cyclone"),
        ("fallback_day", "2027-09-11", "Le jour de repli vient après"),
        ("lead", "x", "lead"),
        ("agreed", "", "agreed"),
        ("place", "", "place"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    world: World, field: str, value: str, sentence: str
):
    typed = adoption(place="<i>Chez Nènène</i>")
    if value == "2027-11-20":
        typed["fallback_day"] = ""
    answer = world.browser("lead").post(f"{HERE}/adopter", data=typed | {field: value})
    assert answer.status_code == 422
    assert sentence in answer.text.replace("\u00a0", " ")
    assert f"champ-{'fallback_day' if value == '2027-11-20' else field}" in answer.text
    if field != "place":
        assert "&lt;i&gt;Chez Nènène" in answer.text
    assert world.plan()["state"] == "draft"


def test_the_29_february_2028_may_be_typed(world: World):
    typed = adoption(day="2028-02-29", fallback_day="2028-03-04")
    assert world.browser("lead").post(f"{HERE}/adopter", data=typed).status_code == 303
    assert world.plan()["day"] == date(2028, 2, 29)


@pytest.mark.feature("J8", "Y12")
def test_a_day_is_moved_with_what_follows_shown_before_and_said_after(world: World):
    world.adopted()
    lead = world.browser("lead")
    page = world.page("lead", f"{HERE}/jour")
    assert "Reporter au jour de repli" in page
    typed = {"day": "2027-07-10", "why": "place", "reason": "La place est en travaux"}
    tried = lead.post(f"{HERE}/jour", data=typed | {"go": "try"})
    assert "4\u00a0tâches ne tiennent plus" in tried.text
    assert world.plan()["day"] == DAY
    assert lead.post(f"{HERE}/jour", data=typed | {"go": "try", "day": "x"}).status_code == 422
    moved = lead.post(f"{HERE}/jour", data=typed)
    assert moved.status_code == 303
    assert "4\u00a0tâches ne tiennent plus avant le nouveau jour" in flash(moved)
    plan = world.page("member", HERE)
    assert "La place est en travaux" in plan
    assert "Transmettre les besoins" in plan.partition("ne tiennent plus")[2][:400]


def test_one_falls_back_with_one_button(world: World):
    world.adopted()
    said = {"why": "cyclone", "reason": "Alerte orange"}
    answer = world.browser("lead").post(f"{HERE}/repli", data=said)
    assert answer.status_code == 303
    assert "Tout tient" in flash(answer)
    assert world.plan()["day"] == FALLBACK
    again = world.browser("lead").post(f"{HERE}/repli", data=said)
    assert again.status_code == 409
    assert "jour de repli" in again.text


def test_a_cancelled_action_says_why(world: World):
    lead = world.browser("lead")
    assert lead.post(f"{HERE}/annuler", data={"reason": ""}).status_code == 422
    assert lead.post(f"{HERE}/annuler", data={"reason": "Place en travaux"}).status_code == 303
    assert "Place en travaux" in world.page("member", HERE)


@pytest.mark.feature("P8", "X20")
def test_who_does_what_is_a_table_to_print_and_a_file(world: World):
    world.do(commands.take_task, "member", task_id=world.task("spread"))
    page = world.page("elu", f"{HERE}/qui-fait-quoi")
    assert "Jean-Marc Démo" in page
    assert "……" in page
    answer = world.browser("member").get(f"{HERE}/qui-fait-quoi?format=csv")
    assert answer.mimetype == "text/csv"
    assert "Jean-Marc Démo" in answer.text
    for path in ("/?format=csv", f"{HERE}/besoins?format=csv"):
        assert world.browser("member").get(path).mimetype == "text/csv"


def test_the_line_of_dates_has_its_table_beside_it(world: World):
    page = world.page("member", HERE)
    assert "<svg" in page
    assert "Le tableau dit la même chose" in page
    assert page.count("/planning/taches/") >= len(world.tasks())


# tasks


@pytest.mark.feature("P14", "P15")
def test_a_task_is_taken_handed_back_blocked_and_done_from_a_phone(world: World):
    task, member = world.task("spread"), world.browser("member")
    here = f"/taches/{task}"
    answer = member.post(f"{here}/prendre", data={"vers": "liste"})
    assert answer.location == "/planning/mes-taches"
    assert "Commencer la distribution" in world.page("member", "/mes-taches").partition("</h2>")[0]
    second = world.browser("second").post(f"{here}/prendre", data={"vers": "liste"})
    assert second.status_code == 409
    assert "Jean-Marc Démo s’en charge déjà" in second.text
    assert member.post(f"{here}/bloquer", data={"why": "", "unblocks": ""}).status_code == 422
    said = {"why": "Pas de flyers <script>", "unblocks": "Le service"}
    assert member.post(f"{here}/bloquer", data=said).status_code == 303
    assert "Pas de flyers &lt;script&gt;" in world.page("second", here)
    assert member.post(f"{here}/debloquer").status_code == 303
    assert member.post(f"{here}/rendre").status_code == 303
    assert "Je prends" in world.page("second", "/mes-taches").partition("Cherchent quelqu")[2]
    assert member.post(f"{here}/faite").status_code == 303
    assert member.post(f"{here}/pas-faite").status_code == 303
    hands = {"hands": "3", "what": "Porter"}
    assert member.post(f"{here}/bras", data=hands | {"hands": "0"}).status_code == 422
    assert member.post(f"{here}/bras", data=hands).status_code == 303
    assert world.browser("second").post(f"{here}/venir", data={"vers": "liste"}).status_code == 303


def test_the_same_form_sent_twice_has_one_effect(world: World):
    member = world.browser("member")
    said = {"title": "Un gâteau", "due": "2027-09-10", "idempotency_key": str(uuid4())}
    first = member.post(f"{HERE}/taches/nouvelle", data=said)
    assert member.post(f"{HERE}/taches/nouvelle", data=said).location == first.location
    assert sum(task["title"] == "Un gâteau" for task in world.tasks().values()) == 1


def test_a_task_is_added_changed_entrusted_and_removed(world: World):
    lead = world.browser("lead")
    wrong = lead.post(f"{HERE}/taches/nouvelle", data={"title": "Un gâteau", "due": "2027-02-29"})
    assert wrong.status_code == 422
    assert "n’existe pas" in wrong.text
    assert "Un gâteau" in wrong.text
    made = lead.post(f"{HERE}/taches/nouvelle", data={"title": "Un gâteau", "due": "2027-09-10"})
    here = re.sub(r"^/planning", "", made.location)
    version = re.search(r'name="version" value="(\d+)"', world.page("lead", f"{here}/modifier"))
    assert version
    change = {"title": "Deux gâteaux", "due": "2027-09-11", "doer": "volunteers", "priority": "3"}
    change["version"] = version[1]
    assert lead.post(f"{here}/modifier", data=change).status_code == 303
    assert lead.post(f"{here}/modifier", data=change).status_code == 412
    assert (
        lead.post(f"{here}/confier", data={"person": str(person_id("second"))}).status_code == 303
    )
    assert lead.post(f"{here}/confier", data={"person": "x"}).status_code == 422
    assert lead.post(f"{here}/retirer").status_code == 303
    world.page("lead", here, 404)


def test_the_day_and_the_bilan_are_said_on_pages_of_their_own(world: World):
    for key, rest in (("day", "journee"), ("review", "bilan")):
        task = world.task(key)
        world.do(commands.take_task, "lead", task_id=task)
        assert f"{HERE}/{rest}" in world.page("lead", f"/taches/{task}")


# needs


@pytest.mark.feature("A1", "A2")
def test_the_four_needs_are_asked_from_their_forms(world: World):
    world.adopted()
    member = world.browser("member")
    lines = {
        "lines-0-label": "Sono",
        "lines-0-quantity": "1",
        "lines-0-unit": "jour",
        "lines-1-label": "Micros sans fil",
        "lines-1-quantity": "2,5",
        "lines-1-unit": "pièce",
    }
    asked = {
        "achat": {"title": "Sono", "supply": "hire", "estimate_incl_tax": "1 200,50"} | lines,
        "impression": {
            "title": "Affiches",
            "support": "poster",
            "quantity": "80",
            "page_format": "A3",
        },
        "service": {
            "department": "Voirie",
            "title": "Fermer la rue",
            "what": "De 14 h à 22 h",
            "on": "2027-09-18",
            "answer_by": "2027-07-30",
        },
        "relais": {
            "relay_id": str(RELAY),
            "what": "Animer les jeux",
            "effort": "Deux personnes",
            "window_from": "2027-09-18",
            "window_to": "2027-09-18",
            "answer_by": "2027-08-02",
        },
    }
    for kind, typed in asked.items():
        empty = member.post(f"{HERE}/besoins/{kind}", data={})
        assert empty.status_code == 422
        assert "rk-error" in empty.text
        made = member.post(f"{HERE}/besoins/{kind}", data=typed)
        assert made.status_code == 303, made.text[:1500]
        need = world.need(UUID(made.location.rpartition("/")[2]))
        assert need["state"] == "asked"
        world.page("member", f"/besoins/{need['id']}")
    assert world.facts()[-4:] == [
        "supplier-needed",
        "print-needed",
        "service-needed",
        "relay-asked",
    ]
    assert world.last("supplier-needed")["lines"][1]["quantity"] == "2.5"
    assert world.last("supplier-needed")["estimate_incl_tax"] == "1200.50"


def test_a_need_is_moved_withdrawn_and_its_answer_written_down(world: World):
    world.adopted()
    need, member = world.relay(), world.browser("member")
    here = f"/besoins/{need}"
    version = str(world.need(need)["version"])
    change = {"needed_by": "2027-09-17", "why": "La veille", "version": version}
    wrong = member.post(f"{here}/date", data=change | {"needed_by": "2027-02-29"})
    assert wrong.status_code == 422
    assert member.post(f"{here}/date", data=change).status_code == 303
    assert member.post(f"{here}/reponse", data={"answer": "later"}).status_code == 422
    said = {"answer": "later", "words": "Samedi"}
    assert member.post(f"{here}/reponse", data=said).status_code == 303
    assert "« Samedi »" in world.page("lead", here)
    assert member.post(f"{here}/retirer", data={"why": "Plus besoin"}).status_code == 303
    assert "Plus besoin" in world.page("lead", here)


# departments


@pytest.mark.feature("P19")
def test_an_agent_accepts_with_conditions_or_declines_with_a_reason(world: World):
    world.adopted()
    yes, no = world.street(), world.street(title="Fermer l’impasse")
    agent = world.browser("agent")
    page = world.page("agent", "/demandes")
    assert page.index("Fermer la rue") > 0
    assert world.browser("agent").get("/demandes?format=csv").mimetype == "text/csv"
    said = {"conditions": "Avec <b>deux</b> bénévoles"}
    assert agent.post(f"/demandes/{yes}/accepter", data=said).status_code == 303
    assert "&lt;b&gt;deux" in world.page("member", f"/besoins/{yes}")
    empty = agent.post(f"/demandes/{no}/decliner", data={"why": ""})
    assert empty.status_code == 422
    assert agent.post(f"/demandes/{no}/decliner", data={"why": "Travaux"}).status_code == 303
    assert "Rien n’est demandé" in world.page("agent", "/demandes")
    assert "Travaux" in world.page("agent", "/demandes?repondu=1")


# the day and after


@pytest.mark.feature("J1", "P18")
def test_the_day_is_lived_from_its_sheet(world: World):
    world.adopted()
    member = world.browser("member")
    assert "Signer l’installation" not in world.page("member", f"{HERE}/journee")
    world.until(DAY - timedelta(1))
    member = world.browser("member")
    assert "Signer l’installation" in world.page("member", f"{HERE}/journee")
    empty = member.post(f"{HERE}/installation", data={"seen": list(INSTALLATION[:5])})
    assert empty.status_code == 422
    assert "Dites ce qui manque" in empty.text
    signed = member.post(f"{HERE}/installation", data={"seen": list(INSTALLATION)})
    assert signed.status_code == 303
    early = member.post(f"{HERE}/tenue", data={"attendance": "120"})
    assert early.status_code == 409
    world.until(DAY)
    member = world.browser("member")
    assert member.post(f"{HERE}/tenue", data={"attendance": "-1"}).status_code == 422
    held = member.post(f"{HERE}/tenue", data={"attendance": "120", "incidents": ""})
    assert held.location.endswith("/bilan")
    assert "120" in world.page("lead", f"{HERE}/bilan")


@pytest.mark.feature("B2", "B4")
def test_the_bilan_is_kept_and_the_action_closed_from_their_pages(world: World):
    world.adopted()
    need = world.street()
    world.held()
    lead = world.browser("lead")
    typed = {
        "attendance": "125",
        "volunteers": "12",
        "volunteer_hours": "40",
        "worked": "Nou la bien ri",
        "to_improve": "",
    }
    wrong = lead.post(f"{HERE}/bilan", data=typed)
    assert wrong.status_code == 422
    assert "Nou la bien ri" in wrong.text
    assert lead.post(f"{HERE}/bilan", data=typed | {"to_improve": "L’ombre"}).status_code == 303
    assert "Nou la bien ri" in world.page("elu", f"{HERE}/bilan")
    refused = lead.post(f"{HERE}/cloture")
    assert refused.status_code == 409
    assert f'href="/planning/besoins/{need}"' in refused.text
    assert "Qui débloque" in refused.text
    world.all_done()
    world.do(commands.withdraw_need, "lead", need_id=need, why="Sans réponse")
    assert lead.post(f"{HERE}/cloture").status_code == 303
    assert "close" in world.page("member", HERE)
