"""Pages: everyone sees what is theirs, in every state, and nothing typed is lost."""

from tests.decision.world import READERS, World

OF_A_ROUND = ("", "/affiche", "/idees/nouvelle")


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
