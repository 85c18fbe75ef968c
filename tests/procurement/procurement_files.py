"""Purchases at each step, for the tests of the rules: built by the model itself."""

import importlib.util
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from services.language import FileRef
from services.procurement import model
from services.procurement.events import Category, NeedKind
from services.procurement.model import Decider, Delegation, Purchase, State
from services.procurement.model.steps import (
    DELEGATE,
    FINANCE,
    LEAD,
    MEMBER,
    PROCUREMENT,
)
from shared.kernel.aggregate import recorded

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
FIRST_RULES = Path(__file__).parents[2] / "services/procurement/migrations/0002_first_rules.py"


def rule_rows() -> list[model.ProcedureRule]:
    """The rows that an installation begins with."""
    spec = importlib.util.spec_from_file_location("first_rules", FIRST_RULES)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [
        model.ProcedureRule(
            id=uuid4(),
            key=model.Key(key),
            category=category,
            value=Decimal(value) / 100,
            unit=unit,
            text=text,
            source=source,
            valid_from=date.fromisoformat(since),
            valid_to=date.fromisoformat(until) if until else None,
        )
        for key, category, value, unit, text, source, since, until in module.ROWS
    ]


ALL_RULES = rule_rows()


def rules(day: date = TODAY) -> model.Rules:
    return model.Rules.on(day, ALL_RULES)


def person(*roles: str, ceiling: str | None = None, at: datetime = NOW) -> Decider:
    held = (Delegation(uuid4(), Decimal(ceiling)),) if ceiling else ()
    return Decider(uuid4(), frozenset(roles), at, held)


def file_ref(mark: str = "a") -> FileRef:
    return FileRef(owner="procurement", sha256=mark * 64, size=10, media_type="application/pdf")


def priced(price: str, quantity: str = "1", rate: str = "8.5") -> tuple[model.QuoteLine, ...]:
    return (model.QuoteLine(1, "Sono", Decimal(quantity), "jour", Decimal(price), Decimal(rate)),)


def facts(purchase: Purchase, kind: Any) -> list[Any]:
    """The facts of one kind (or of one of several) that ``purchase`` recorded, in order."""
    return [event for event in recorded(purchase) if isinstance(event, kind)]


class Actors:
    """One person for each part, so that duties are separated unless a test says otherwise."""

    def __init__(self) -> None:
        self.member = person(MEMBER)
        self.lead = person(LEAD)
        self.buyer = person(PROCUREMENT)
        self.delegate = person(DELEGATE, ceiling="25000")
        self.signer = person(DELEGATE, ceiling="25000")
        self.clerk = person(FINANCE)


def later(decider: Decider, **time: Any) -> Decider:
    return Decider(
        decider.person, decider.roles, decider.at + timedelta(**time), decider.delegations
    )


def needed(actors: Actors, line_id: UUID | None = None, **changes: Any) -> Purchase:
    facts: dict[str, Any] = {
        "id": uuid4(),
        "need_id": uuid4(),
        "committee_id": uuid4(),
        "title": "Sonorisation",
        "category": Category.SERVICES,
        "kind": NeedKind.HIRE,
        "family": "sonorisation",
        "place": "Préau",
        "needed_by": date(2027, 3, 20),
        "order_before": date(2027, 3, 5),
        "opened_at": NOW,
        "line_id": line_id or uuid4(),
        "lines": [model.NeedLine(1, "Sono", Decimal(1), "jour")],
    }
    purchase = Purchase(**(facts | changes))
    purchase.open(actors.member)
    return purchase


def request(count: int = 3, **changes: Any) -> model.QuoteRequest:
    facts: dict[str, Any] = {
        "suppliers": tuple(
            model.Invitation(0, uuid4(), f"Fournisseur {n}", "732829320") for n in range(count)
        ),
        "closes_at": NOW + timedelta(days=10),
        "cost": 60,
        "delay": 20,
        "environment": 20,
    }
    return model.QuoteRequest(**(facts | changes))


def compared(actors: Actors, prices: tuple[str, ...] = ("1820.00", "1760.00")) -> Purchase:
    """Quotes of these prices (HT at 8.5 %), typed."""
    purchase = needed(actors)
    asked = request(max(3, len(prices)))
    purchase.request_quotes(actors.buyer, asked, rules(), Decimal(2000))
    for price, invitation in zip(prices, asked.suppliers, strict=False):
        purchase.receive(actors.buyer, uuid4(), invitation.supplier_id, file_ref())
        assert price
    purchase.open_quotes(Decider.system(NOW + timedelta(days=10)))
    for price, quote in zip(prices, purchase.kept(), strict=True):
        content = model.QuoteContent(priced(price), score_delay=10, score_environment=10)
        purchase.type_amounts(actors.buyer, quote.id, content)
    return purchase


def at(state: State, actors: Actors) -> Purchase:
    """A purchase that walked to ``state`` through its steps."""
    if state in (State.NEEDED, State.INCOMPLETE, State.QUOTING):
        purchase = needed(actors)
        if state is State.INCOMPLETE:
            purchase.take(model_step("ask-about-need"), actors.buyer, "Combien de personnes ?")
        if state is State.QUOTING:
            purchase.request_quotes(actors.buyer, request(), rules(), Decimal(2000))
        return purchase
    purchase = compared(actors)
    if state is State.COMPARING:
        return purchase
    if state is State.REFUSED:
        purchase.refuse(actors.buyer, "Trop cher")
        return purchase
    if state is State.CANCELLED:
        purchase.cancel(actors.buyer, "Action annulée")
        return purchase
    _check(purchase, actors)
    _walk_from_checked(purchase, state, actors)
    assert purchase.state is state
    return purchase


def model_step(code: str) -> Any:
    from services.procurement.events import Step

    return Step(code)


def _check(purchase: Purchase, actors: Actors) -> None:
    best = purchase.ranking()[0]
    proposal = model.Proposal(best.id, "Le moins cher", "Seul disponible", no_interest=True)
    purchase.check(actors.buyer, proposal)


def validate(purchase: Purchase, delegate: Decider, seen: str | None = None) -> Any:
    applied = rules().regime(purchase.category, Decimal(2000))
    return purchase.validate(delegate, seen or purchase.content_hash(), True, applied, TODAY)


def deliver(purchase: Purchase, lead: Decider, quantity: str = "1") -> None:
    seen = model.Seen(TODAY, {1: Decimal(quantity)}, was_there=True)
    purchase.certify(lead, uuid4(), seen, TODAY)


def _walk_from_checked(purchase: Purchase, state: State, actors: Actors) -> None:
    if state is State.QUESTIONED:
        purchase.ask_more(actors.delegate, "Livrez-vous le 19 ?", purchase.content_hash())
        return
    order = [
        (State.VALIDATED, lambda: validate(purchase, actors.delegate)),
        (State.COMMITTED, lambda: purchase.commit(actors.clerk, "E-1")),
        (State.ORDERED, lambda: sign(purchase, actors.signer)),
        (State.PARTLY_DELIVERED, lambda: deliver(purchase, actors.lead, "0.5")),
        (State.DELIVERED, lambda: deliver(purchase, actors.lead, "0.5")),
        (State.SETTLED, lambda: purchase.settle(actors.clerk)),
    ]
    for reached, walk in order:
        if purchase.state is state:
            return
        walk()
        assert purchase.state is reached


def sign(purchase: Purchase, signer: Decider, wanted: model.ProcedureRule | None = None) -> None:
    order = model.SignedOrder("BC-2026-0001", file_ref("b"), TODAY)
    purchase.sign(signer, purchase.content_hash(), order, wanted)
