"""What somebody would try who wants an order that the rules refuse.

The other attempts stand beside the rule they meet: a check skipped through the API and two
opposite decisions (test_commands_deciding, test_races), an amount sent along with a decision
(test_api), fifty approvals at once (test_races), cancelling on an empty line
(test_commands_deciding), a number or a document before the last signature (test_model_ordering,
test_commands_sealed), a program named .pdf (test_commands_sealed, test_pages_files), sums of
tenths at three rates (test_money).
"""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from services.directory.mirror.views import grants_view, names_view
from services.procurement import commands, queries
from services.procurement.model import refusals
from shared.kernel.rights import Actor, Grant
from tests.procurement.browsing import as_, page
from tests.procurement.world import World, actor, person_id


def ready(world: World) -> tuple[UUID, UUID]:
    """A purchase proposed for validation, and its chosen quote."""
    purchase = world.checked(world.line())
    card = world.ask(queries.purchase_card, "buyer", purchase_id=purchase)
    return purchase, card["chosen_id"]


def test_who_changed_the_file_does_not_approve_it_whichever_way_they_come(world: World):
    """Somebody with both roles edits, has it checked by another, then tries to decide."""
    purchase, quote = ready(world)
    cases = world.cases
    both = as_both(world)
    cases.perform(
        commands.type_quote,
        actor=both,
        purchase_id=purchase,
        quote_id=quote,
        lines=[
            {
                "label": "Sono",
                "quantity": Decimal(1),
                "unit": "jour",
                "unit_price_excl_tax": Decimal("1819.00"),
                "vat_rate": Decimal("8.5"),
            }
        ],
    )
    world.do(
        commands.check_quote,
        "second_buyer",
        purchase_id=purchase,
        quote_id=quote,
        why="Toujours le mieux placé",
        no_interest=True,
    )
    with pytest.raises(refusals.DutiesNotSeparated):
        cases.perform(
            commands.validate_quote,
            actor=both,
            purchase_id=purchase,
            seen=world.seen(purchase),
            no_interest=True,
        )
    assert world.validate(purchase, "signer") == "validated"


def as_both(world: World) -> Actor:
    """The delegate, who is given the role of procurement as well, in the mirror too."""
    with world.database.write() as connection:
        connection.execute(
            grants_view.insert(),
            {
                "id": uuid4(),
                "person": person_id("delegate"),
                "role": "procurement_officer",
                "scope": "city",
            },
        )
    held = (*actor("delegate").grants, Grant("procurement_officer", "city"))
    return Actor(person_id("delegate"), held)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_no_link_that_is_followed_or_fetched_in_advance_changes_anything(world: World, method: str):
    purchase, quote = ready(world)
    before, state = world.facts(), world.state(purchase)
    paths = [
        *(f"/a-approuver/{purchase}/{d}" for d in ("valider", "refuser", "complement", "signer")),
        *(f"/consultations/{purchase}/{d}" for d in ("ouvrir", "confirmer", "contrat", "ligne")),
        f"/consultations/{purchase}/devis/{quote}",
        f"/achats/{purchase}/annuler",
        f"/achats/{purchase}/interet",
    ]
    browser = as_(world, "delegate")
    for path in paths:
        getattr(browser, method)(path, headers={"Sec-Purpose": "prefetch"})
    assert (world.facts(), world.state(purchase)) == (before, state)


def test_the_trail_of_approvals_outlives_the_person_who_approved(world: World):
    """Erased in the mirror, a person leaves the acts, without a name."""
    purchase, _ = ready(world)
    world.validate(purchase)
    gone = person_id("delegate")
    with world.database.write() as connection:
        connection.execute(names_view.delete().where(names_view.c.person == gone))
        connection.execute(grants_view.delete().where(grants_view.c.person == gone))
    world.do(commands.cancel_purchase, "dpc", purchase_id=purchase, reason="Pluie")
    card = world.ask(queries.purchase_card, "auditor", purchase_id=purchase)
    [visa] = [act for act in card["acts"] if act["step"] == "validate"]
    assert (visa["person"], visa["name"]) == (gone, "Personne effacée")
    assert visa["content_hash"]
    assert visa["delegation_id"]


def test_a_dashboard_of_money_without_data_says_unknown(world: World):
    text = page(world, "dpc", "/enveloppes?annee=2031")
    assert "inconnu" in text
