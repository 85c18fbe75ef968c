"""Pages: everyone sees what is theirs, in every state, and nothing typed is lost."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from services.decision import queries, tables
from tests.decision.world import COMMITTEE, READERS, RELAY, World


def test_every_page_of_a_choice_opens_for_those_it_is_for_in_every_state(world: World):
    gathering = world.round()
    idea = world.idea(gathering)
    asked = world.question(idea)
    drafted = world.round()
    world.idea(drafted)
    charter = world.charter(drafted)
    voting = world.vote()
    voting.confirmed(["lead"], {0: 1})
    chosen = world.vote()
    chosen.confirmed(["member", "lead", "second"], {0: 3})
    chosen.close()
    world.fire()
    for who in READERS:
        world.page(who, "/")
        for round_id in (gathering, drafted, voting.round_id, chosen.round_id):
            world.page(who, f"/tours/{round_id}")
            world.page(who, f"/tours/{round_id}/affiche")
        world.page(who, f"/idees/{idea}")
        world.page(who, f"/chartes/{charter}")
        world.page(who, f"/votes/{voting.id}")
        world.page(who, f"/votes/{chosen.id}")
    for who in ("member", "lead"):
        world.page(who, f"/tours/{gathering}/idees/nouvelle")
        world.page(who, f"/tours/{gathering}/charte")
        world.page(who, f"/idees/{idea}/modifier")
        world.page(who, f"/idees/{idea}/avis")
        world.page(who, f"/chartes/{charter}/modifier")
        world.page(who, f"/votes/{voting.id}/salle")
        world.page(who, f"/votes/{voting.id}/recu")
    world.page("lead", "/tours/nouveau")
    world.page("voirie", "/avis")
    world.page("voirie", "/avis?repondu=1")
    world.page("voirie", f"/avis/{asked}")
    world.page("annexe", "/cartes")
    world.page("annexe", f"/votes/{voting.id}/salle")
    for voted in (voting, chosen):
        code = world.code(voted.round_id)
        for rest in ("", "/proposer", "/merci", "/voter", "/recu"):
            world.page(None, f"/q/{code}{rest}")
        world.page(None, f"/tours/{voted.round_id}/charte-adoptee")
    world.page(None, f"/tours/{chosen.round_id}/resultat")
    world.page(None, f"/tours/{voting.round_id}/resultat", 404)
    minutes = world.browser(None).get(f"/votes/{chosen.id}/proces-verbal.pdf")
    assert minutes.data.startswith(b"%PDF")


def typed(world: World, **changes: str) -> dict[str, str]:
    """An idea as a form sends it."""
    said = world.said()
    return {
        "title": "Jardin partagé",
        "needs": str(said["needs"][0]),
        "aims": "Planter ensemble.",
        "place": "Derrière l’école",
        "wished_from": said["wished_from"].isoformat(),
        "wished_to": said["wished_to"].isoformat(),
        "estimate": "1 847,50",
    } | changes


def test_an_idea_is_proposed_said_again_and_joined_from_the_pages(world: World):
    round_id = world.round()
    member, lead = world.browser("member"), world.browser("lead")
    made = member.post(f"/tours/{round_id}/idees/nouvelle", data=typed(world, interest="Ma rue"))
    assert made.status_code == 303
    idea = made.location.rpartition("/")[2]
    again = typed(world, title="Jardin", version="1")
    assert member.post(f"/idees/{idea}/modifier", data=again).status_code == 303
    late = member.post(f"/idees/{idea}/modifier", data=again | {"title": "Perdu ?"})
    assert late.status_code == 412
    assert "Perdu ?" in late.text
    assert member.post(f"/idees/{idea}/soutenir").status_code == 303
    assert "Vous la soutenez" in member.get(f"/idees/{idea}").text
    other = world.idea(round_id, "Potager")
    assert lead.post(f"/idees/{other}/reunir", data={"into": idea}).status_code == 303
    assert lead.post(f"/idees/{idea}/ecarter", data={"why": ""}).status_code == 422
    assert lead.post(f"/idees/{idea}/ecarter", data={"why": "Trop cher"}).status_code == 303
    assert member.post(f"/idees/{idea}/montrer").status_code == 303
    assert member.post(f"/idees/{idea}/interet", data={"what": ""}).status_code == 303


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("title", "", "Répondez à cette question."),
        ("aims", "x" * 1_000_000, "2000 caractères au plus"),
        ("wished_from", "2027-02-29", "Le 29 février 2027 n’existe pas."),
        ("wished_to", "2020-01-01", "vient après son début"),
        ("estimate", "beaucoup", "Écrivez un montant"),
        ("needs", "", "à quel besoin"),
    ],
)
@pytest.mark.parametrize("who", ["member", None])
def test_an_idea_refused_says_where_and_keeps_what_was_typed(world, who, field, value, sentence):
    round_id = world.round()
    path = f"/tours/{round_id}/idees/nouvelle" if who else f"/q/{world.code(round_id)}/proposer"
    data = typed(world, **{field: value}) | ({} if who else {"idea_id": str(uuid4())})
    refused = world.browser(who).post(path, data=data)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert f'href="#champ-{field}"' in refused.text
    assert "Derrière l’école" in refused.text


def test_a_resident_proposes_and_backs_without_an_account_or_a_cookie(world: World):
    round_id = world.round()
    shown = world.idea(round_id)
    browser, code = world.browser(None), world.code(round_id)
    sent = browser.post(f"/q/{code}/proposer", data=typed(world, idea_id=str(uuid4())))
    assert sent.location.endswith(f"/q/{code}/merci")
    backed = {"idea_id": str(shown), "support_id": str(uuid4())}
    for _ in range(2):
        assert browser.post(f"/q/{code}/soutenir", data=backed).status_code == 303
    assert world.row(tables.ideas, shown)["supports"] == 1
    assert "Set-Cookie" not in sent.headers
    world.runtime.clock.advance(timedelta(30))
    late = browser.post(f"/q/{code}/proposer", data=typed(world, idea_id=str(uuid4())))
    assert late.status_code in (409, 422)


def test_an_address_that_nobody_gave_leads_nowhere_in_a_sentence(world: World):
    assert "vérifiez le code" in world.page(None, "/q/ABCDEFGH", 404)
    assert "seul le dernier envoyé" in world.page(None, "/lien/nothing", 404)


@pytest.mark.feature("C16")
def test_a_ballot_is_dropped_without_a_script_and_its_receipt_does_not_say_what(world: World):
    voting = world.vote("Jardin", "Kabar")
    browser = world.browser("member")
    page = browser.get(f"/votes/{voting.id}").text
    assert "idempotency_key" not in page.partition("Déposer mon bulletin")[0].rpartition("<form")[2]
    empty = browser.post(f"/votes/{voting.id}", data={})
    assert empty.status_code == 422
    assert "Choisissez une idée, ou votez blanc." in empty.text
    both = browser.post(f"/votes/{voting.id}", data={"choices": [str(voting.ideas[0]), "blank"]})
    assert both.status_code == 422
    dropped = browser.post(f"/votes/{voting.id}", data={"choices": str(voting.ideas[1])})
    assert dropped.location.endswith(f"/votes/{voting.id}/recu")
    receipt = browser.get(f"/votes/{voting.id}/recu").text
    assert "dans l’urne" in receipt
    assert "Kabar" not in receipt
    again = browser.get(f"/votes/{voting.id}").text
    assert "Vous avez déjà voté" in again
    assert "checked" not in again
    blank = browser.post(f"/votes/{voting.id}", data={"choices": "blank"})
    assert blank.status_code == 303


@pytest.mark.feature("C15")
def test_a_card_votes_from_the_public_page(world: World):
    card = world.card()
    voting = world.vote(voters=["members", "residents"])
    browser, code = world.browser(None), world.code(voting.round_id)
    data = {"choices": str(voting.ideas[0]), "number": card["number"], "secret": "faux"}
    wrong = browser.post(f"/q/{code}/voter", data=data)
    assert wrong.status_code == 422
    assert 'href="#champ-number"' in wrong.text
    assert card["number"] in wrong.text
    sent = browser.post(f"/q/{code}/voter", data=data | {"secret": card["secret"]})
    assert sent.location.endswith(f"/q/{code}/recu")
    assert "Set-Cookie" not in sent.headers
    assert "dans l’urne" in browser.get(f"/q/{code}/recu").text


@pytest.mark.feature("C14")
def test_hands_are_entered_confirmed_and_the_vote_closed_from_the_pages(world: World):
    voting = world.vote("Jardin", "Kabar")
    lead, second = world.browser("lead"), world.browser("second")
    path = f"/votes/{voting.id}/salle"
    present = [str(voting.elector(name)) for name in ("lead", "member", "third")]
    data = {"way": "hands", "present": present, "blank": "0"}
    figures = {f"voix_{voting.ideas[0]}": "2", f"voix_{voting.ideas[1]}": "deux"}
    unreadable = lead.post(path, data=data | figures)
    assert unreadable.status_code == 422
    assert 'href="#champ-voices"' in unreadable.text
    wrong = lead.post(path, data=data | {f"voix_{voting.ideas[0]}": "7"})
    assert wrong.status_code == 422
    assert "Le compte n’est pas juste" in wrong.text
    assert 'value="7"' in wrong.text
    assert lead.post(path, data=data | {f"voix_{voting.ideas[0]}": "3"}).status_code == 303
    count = world.rows(tables.room_counts)[0]["id"]
    assert "J’y étais, je confirme" not in lead.get(path).text
    assert "J’y étais, je confirme" in second.get(path).text
    assert lead.post(f"/comptes/{count}/confirmer").status_code == 403
    assert second.post(f"/comptes/{count}/confirmer").status_code == 303
    assert lead.post(f"/votes/{voting.id}/clore").status_code == 303
    assert "Une action est choisie" in world.page("member", f"/tours/{voting.round_id}")
    late = lead.post(path, data=data | {f"voix_{voting.ideas[0]}": "3"})
    assert late.status_code == 409


@pytest.mark.feature("C11")
def test_a_charter_is_prepared_corrected_and_adopted_from_the_pages(world: World):
    round_id = world.round()
    world.idea(round_id)
    member, lead = world.browser("member"), world.browser("lead")
    rules = {
        "voters": ["members", "elus"],
        "method": "plurality",
        "quorum_percent": "50",
        "no_quorum": "extend-once",
        "tie": "draw",
        "opens_on": world.today.isoformat(),
        "closes_on": (world.today + timedelta(7)).isoformat(),
        "closes_hour": "18",
        "meeting_on": "",
        "extra_days": "7",
        "criteria": "Utile à tous\nFaisable",
        "share_members": "60",
        "share_elus": "30",
    }
    wrong = member.post(f"/tours/{round_id}/charte", data=rules)
    assert wrong.status_code == 422
    assert 'href="#champ-shares"' in wrong.text
    assert 'value="30"' in wrong.text
    made = member.post(f"/tours/{round_id}/charte", data=rules | {"share_elus": "40"})
    assert made.status_code == 303
    charter = made.location.rpartition("/")[2]
    form = member.get(f"/chartes/{charter}/modifier").text
    assert 'value="18"' in form
    assert 'value="60"' in form
    fixed = rules | {"share_elus": "40", "version": "1", "closes_hour": "20"}
    assert member.post(f"/chartes/{charter}/modifier", data=fixed).status_code == 303
    assert member.post(f"/chartes/{charter}/modifier", data=fixed).status_code == 412
    agreed = {"agreed": "Réunion", "agreed_on": world.today.isoformat()}
    assert member.post(f"/chartes/{charter}/adopter", data=agreed).status_code == 403
    assert lead.post(f"/chartes/{charter}/adopter", data=agreed).status_code == 303
    frozen = lead.post(f"/chartes/{charter}/modifier", data=fixed | {"version": "3"})
    assert frozen.status_code == 409
    world.fire()
    assert "Le vote est ouvert" in world.page("sector", f"/tours/{round_id}")


@pytest.mark.feature("C7", "C12")
def test_an_advice_is_asked_and_given_from_the_pages(world: World):
    idea = world.idea(world.round())
    by = (world.today + timedelta(10)).isoformat()
    asked = {"asked_of": "department", "department": "Voirie", "question": "Qui ?", "answer_by": by}
    lead = world.browser("lead")
    assert lead.post(f"/idees/{idea}/avis", data=asked | {"department": ""}).status_code == 422
    assert lead.post(f"/idees/{idea}/avis", data=asked).status_code == 303
    advice = world.ask(queries.advices_asked, "voirie")["items"][0]["id"]
    voirie = world.browser("voirie")
    said = {"opinion": "with-conditions", "why": "Rue calme", "conditions": ""}
    assert voirie.post(f"/avis/{advice}", data=said).status_code == 422
    assert voirie.post(f"/avis/{advice}", data=said | {"conditions": "22 h"}).status_code == 303
    relay = asked | {"asked_of": "relay", "relay_id": str(RELAY)}
    sent = lead.post(f"/idees/{idea}/avis", data=relay)
    assert sent.location.endswith("/lien")
    path = sent.location.removeprefix("/decision")
    assert "/decision/lien/" not in lead.get(path).text
    link = re.findall(r"/decision/lien/([\w-]+)", lead.post(path).text)[0]
    nobody = world.browser(None)
    assert (
        nobody.post(f"/lien/{link}", data={"opinion": "favourable", "why": ""}).status_code == 422
    )
    answer = {"opinion": "favourable", "why": "Dix bénévoles"}
    assert "Merci" in nobody.post(f"/lien/{link}", data=answer).text
    assert nobody.post(f"/lien/{link}", data=answer).status_code == 409


def test_a_card_is_shown_once_at_the_desk(world: World):
    desk = world.browser("annexe")
    wanted = {"committee_id": str(COMMITTEE), "college": "residents", "card_id": str(uuid4())}
    shown = desk.post("/cartes", data=wanted)
    assert shown.status_code == 200
    assert "Montrée une seule fois" in shown.text
    again = desk.post("/cartes", data=wanted)
    assert again.status_code == 409
    assert "déjà été remise" in again.text
    assert desk.post("/cartes", data=wanted | {"college": "members"}).status_code == 422
    assert desk.post("/cartes/retirer", data={"number": "ABC"}).status_code == 422
    world.page("lead", "/cartes", 403)


def test_lists_are_files_too(world: World):
    world.question(world.idea(world.round()))
    for who, path in (("sector", "/?format=csv"), ("voirie", "/avis?format=csv")):
        answer = world.browser(who).get(path)
        assert answer.mimetype == "text/csv"
        assert "Saint-Bernard" in answer.text or "CAC 25" in answer.text


def test_a_round_is_moved_annulled_and_opened_again_from_the_pages(world: World):
    voting = world.vote()
    voting.confirmed(["member", "lead", "third"], {0: 3})
    voting.close()
    here = f"/tours/{voting.round_id}"
    assert world.browser("dpc").post(f"{here}/annuler", data={"why": "non"}).status_code == 422
    done = world.browser("dpc").post(f"{here}/annuler", data={"why": "Le lieu est condamné"})
    assert done.status_code == 303
    assert "Le lieu est condamné" in world.page(None, f"/q/{world.code(voting.round_id)}")
    made = world.browser("lead").post(f"{here}/encore")
    again = made.location.removeprefix("/decision")
    until = {"until": (world.today + timedelta(40)).isoformat(), "version": "1"}
    assert world.browser("lead").post(f"{again}/delai", data=until).status_code == 303
    given = {"committee_id": str(COMMITTEE), "title": "Fête", "why": "Une bonne raison"}
    assert world.browser("lead").post("/tours/nouveau", data=given).status_code == 409
    world.page("member", "/tours/nouveau", 403)
