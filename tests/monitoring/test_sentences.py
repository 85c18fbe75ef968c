"""Every fact is said in a sentence, in French, without naming anybody."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from services.__main__ import product
from services.directory import events as directory
from services.directory.events import WhyEnded
from services.language import Fact
from services.monitoring.projections.sentences import sentence
from services.monitoring.service import service
from services.monitoring.tables import (
    facts_view,
)
from services.procurement import events as procurement
from services.procurement.events import (
    Step,
)
from shared.kernel.event import Event
from shared.log.wire import decoder
from tests.monitoring.told import Told, named

ROOT = Path(__file__).parents[1]
FACTS = [cls for cls in product.known if issubclass(cls, Fact)]


def test_every_fact_that_a_service_publishes_is_heard():
    published = {
        cls for each in product.services for cls in each.publishes if issubclass(cls, Fact)
    }
    assert len(published) > 60
    assert published - set(service.folds) == set()


@pytest.mark.feature("M1")
@pytest.mark.parametrize("cls", FACTS, ids=lambda cls: cls.type)
def test_every_fact_of_the_product_has_its_own_sentence_in_the_thread(cls: type[Fact]):
    if cls not in service.folds:
        pytest.skip("nobody publishes it: what several facts have in common")
    assert sentence.dispatch(cls) is not sentence.dispatch(object)
    for example in (ROOT / "contracts" / cls.type).glob("*.json"):
        data = json.loads(example.read_text(encoding="utf-8"))["data"]
        text = sentence(decoder(cls)(data))
        assert text[0].isupper() or text[0].isdigit() or text[0] in "«'", text
        assert not re.search(r"None|<|\b[a-z]+-[a-z]+\.v1|  ", text), text


def test_a_fact_nobody_wrote_a_sentence_for_says_its_type_in_words():
    class TideTurned(Event):
        pass

    TideTurned.type = "cac.planning.tide-turned.v1"
    assert sentence(TideTurned()) == "Autre fait\u00a0: tide turned"


def test_a_sentence_says_amounts_dates_and_steps_in_french(told: Told):
    cac = told.committee(17)
    told.envelope(cac)
    line = told.line(cac)
    told.move(cac, line, 2, amount="1974.70", after={"reserved": "1974.70"})
    purchase = told.purchase(cac)
    told.step(cac, purchase, Step.CHECK, Step.VALIDATE, "delegate", date(2027, 1, 20))
    told.settle()
    said = [r["sentence"] for r in sorted(told.rows(facts_view), key=lambda r: r["place"])]
    assert said == [
        "Comité créé\u00a0: CAC 17, Le Brûlé",
        "Enveloppe 2027 ouverte\u00a0: 7\u00a0000,00\u00a0€",
        "Ligne ouverte\u00a0: Kabar lakour, 3\u00a0200,00\u00a0€",
        "Réservé\u00a0: 1\u00a0974,70\u00a0€, reste 1\u00a0225,30\u00a0€ disponible",
        "Achat ouvert\u00a0: Sonorisation",
        "Devis contrôlés",
    ]


@pytest.mark.parametrize("step", Step)
def test_every_step_of_a_purchase_has_its_words(step: Step):
    fact = procurement.PurchaseStepPassed(
        committee_id=named("c"), purchase_id=named("p"), need_id=named("n"), step=step
    )
    assert sentence(fact)[0].isupper()


def test_a_role_that_ends_is_said_without_naming_anybody():
    ended = directory.RoleRevoked(
        grant_id=named("g"),
        person=named("p"),
        role="lead",
        scope="city",
        reason=WhyEnded.WITHDRAWN,
    )
    assert sentence(ended) == "Rôle terminé\u00a0: Référent·e du comité"


def test_a_reason_longer_than_its_column_is_cut_with_a_mark(told: Told):
    cac = told.committee(17)
    told.tell(
        procurement.PurchaseCancelled(
            committee_id=cac, purchase_id=named("p"), need_id=named("n"), why="x" * 900
        )
    )
    told.settle()
    longest = max((r["sentence"] for r in told.rows(facts_view)), key=len)
    assert len(longest) == 400
    assert longest.endswith("…")
