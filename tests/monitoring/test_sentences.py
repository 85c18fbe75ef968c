"""Every fact is said in a sentence, in French, without naming anybody."""

from datetime import date

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
from tests.monitoring.told import Told, named


def test_every_fact_of_every_service_is_heard_and_has_its_own_sentence():
    published = [
        cls
        for module in (directory, procurement)
        for cls in vars(module).values()
        if isinstance(cls, type)
        and issubclass(cls, Fact)
        and cls.__module__ == module.__name__
        and cls is not procurement.PurchaseFact
    ]
    assert published
    assert [cls for cls in published if cls not in service.folds] == []
    assert [cls for cls in published if sentence.dispatch(cls) is sentence.dispatch(object)] == []


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
