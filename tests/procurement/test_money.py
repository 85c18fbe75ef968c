"""Money: every cent is accounted for, each document once, and nothing below zero."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.procurement.events import BudgetChanged, BudgetMove, BudgetShortfall
from services.procurement.model import BudgetLine, Envelope, rebuilt
from services.procurement.model.money import amount_of, in_euros, to_cent, totals
from services.procurement.model.refusals import (
    BudgetShort,
    EnvelopeEmpty,
    MoreThanHeld,
    WrongValue,
)
from shared.kernel.aggregate import recorded

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass
class Priced:
    quantity: Decimal
    unit_price_excl_tax: Decimal
    vat_rate: Decimal


prices = st.decimals(0, 100000, places=2)
quantities = st.decimals(0, 1000, places=3)
rates = st.sampled_from([Decimal(r) for r in ("0", "2.1", "8.5", "8.50")])
quote_lines = st.lists(st.builds(Priced, quantities, prices, rates), max_size=40)


@given(quote_lines)
def test_the_parts_of_a_quote_add_up_to_its_total(lines):
    sums = totals(lines)
    assert sums.excl_tax == sum((amount_of(line) for line in lines), Decimal(0))
    assert sums.excl_tax == sum((share.base for share in sums.shares), Decimal(0))
    assert sums.vat == sum((share.amount for share in sums.shares), Decimal(0))
    assert sums.incl_tax == sums.excl_tax + sums.vat
    assert len({share.rate for share in sums.shares}) == len(sums.shares) <= 3


@given(quote_lines, st.randoms())
def test_the_order_of_lines_changes_no_cent(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert totals(shuffled) == totals(lines)


def test_tenths_ten_thousand_lines_and_three_rates():
    lines = [
        Priced(Decimal(1), Decimal("0.1"), rate)
        for rate in (Decimal("8.5"), Decimal("2.1"), Decimal(0))
        for _ in range(10000)
    ]
    sums = totals(lines)
    assert sums.excl_tax == Decimal("3000.00")
    assert sums.vat == Decimal("85.00") + Decimal("21.00")
    two = totals([Priced(Decimal(1), Decimal(p), Decimal(0)) for p in ("0.1", "0.2")])
    assert two.incl_tax == Decimal("0.30")


def test_halves_go_up():
    assert to_cent(Decimal("0.005")) == Decimal("0.01")
    assert to_cent(Decimal("2.675")) == Decimal("2.68")


@pytest.mark.parametrize(
    "excl_tax, incl_tax", [("921.66", "1000.00"), ("921.67", "1000.01"), ("1820", "1974.70")]
)
def test_tax_of_la_reunion(excl_tax, incl_tax):
    line = Priced(Decimal(1), Decimal(excl_tax), Decimal("8.5"))
    assert totals([line]).incl_tax == Decimal(incl_tax)


def test_amounts_read_as_in_french():
    assert in_euros(Decimal("1974.7")) == "1\u00a0974,70\u00a0€"


# the line


def line_of(amount: str, envelope: str = "100000") -> BudgetLine:
    line = BudgetLine(uuid4(), uuid4(), uuid4(), 2026, "Kabar lakour")
    line.open(Envelope(uuid4(), line.committee_id, 2026, Decimal(envelope)), Decimal(amount), NOW)
    return line


def shown(line: BudgetLine) -> tuple[int, int, int, int]:
    return tuple(int(x) for x in (line.reserved, line.committed, line.paid, line.available))  # type: ignore[return-value]


@pytest.mark.feature("A13")
def test_the_worked_vector_of_a_budget_that_counts_each_document_once():
    line, first, second = line_of("1000"), uuid4(), uuid4()
    line.reserve(first, Decimal(300), NOW)
    assert shown(line) == (300, 0, 0, 700)
    line.commit(first, Decimal(200), NOW)
    assert shown(line) == (100, 200, 0, 700)
    line.spend(first, Decimal(200), NOW)
    line.reserve(second, Decimal(50), NOW)
    assert shown(line) == (150, 0, 200, 650)


def test_the_worked_vector_holds_in_another_order():
    line, first, second = line_of("1000"), uuid4(), uuid4()
    line.reserve(second, Decimal(50), NOW)
    line.reserve(first, Decimal(300), NOW)
    line.commit(first, Decimal(200), NOW)
    line.spend(first, Decimal(200), NOW)
    assert shown(line) == (150, 0, 200, 650)


@pytest.mark.parametrize("amount, passes", [("1000.00", True), ("1000.01", False)])
def test_a_reservation_fits_to_the_cent(amount, passes):
    line = line_of("1000")
    if passes:
        line.reserve(uuid4(), Decimal(amount), NOW)
        assert line.available == 0
    else:
        with pytest.raises(BudgetShort) as refused:
            line.reserve(uuid4(), Decimal(amount), NOW)
        assert refused.value.text == "Il manque 0,01\u00a0€ sur la ligne « Kabar lakour »."
        assert line.available == 1000


def test_a_release_is_never_refused():
    line, purchase = line_of("100"), uuid4()
    assert line.release(purchase, NOW) == 0
    line.reserve(purchase, Decimal(100), NOW)
    assert line.release(purchase, NOW) == 100
    assert line.release(purchase, NOW) == 0
    assert line.available == 100


def test_a_line_opens_with_what_there_is_and_says_so():
    line = line_of("5000", envelope="3000")
    assert line.available == 3000
    [short] = [e for e in recorded(line) if isinstance(e, BudgetShortfall)]
    assert (short.asked, short.granted) == (Decimal(5000), Decimal(3000))


def test_an_empty_envelope_gives_no_more():
    line = line_of("100")
    full = Envelope(uuid4(), line.committee_id, 2026, Decimal(5), allotted=Decimal(5))
    with pytest.raises(EnvelopeEmpty):
        line.add(full, Decimal(1), NOW)


def test_no_amount_is_zero_or_less():
    for amount in ("0", "-5"):
        with pytest.raises(WrongValue):
            line_of("100").reserve(uuid4(), Decimal(amount), NOW)


class BudgetOfTwoYears(RuleBasedStateMachine):
    """Any order of moves on two lines of each of two years: refused or not, the money is all
    there, and what two years hold together never changes."""

    @initialize()
    def open_lines(self) -> None:
        committee = uuid4()
        self.envelopes = [Envelope(uuid4(), committee, y, Decimal(7000)) for y in (2026, 2027)]
        self.lines: list[BudgetLine] = []
        for envelope, asked in (
            *((self.envelopes[0], a) for a in (Decimal(3000), Decimal(5000))),
            *((self.envelopes[1], a) for a in (Decimal(2000), None)),
        ):
            line = BudgetLine(uuid4(), committee, envelope.id, envelope.year, "Ligne")
            line.open(envelope, asked, NOW)
            self.lines.append(line)
        self.purchases: list[UUID] = [uuid4() for _ in range(4)]

    amounts = st.decimals("0.01", 4000, places=2)
    which = st.integers(0, 3)
    document = st.integers(0, 3)

    def envelope_of(self, line: int) -> Envelope:
        return self.envelopes[line // 2]

    @rule(line=which, doc=document, amount=amounts)
    def reserve(self, line: int, doc: int, amount: Decimal) -> None:
        fits = amount <= self.lines[line].available
        try:
            self.lines[line].reserve(self.purchases[doc], amount, NOW)
            assert fits
        except BudgetShort:
            assert not fits

    @rule(line=which, doc=document, amount=amounts)
    def commit(self, line: int, doc: int, amount: Decimal) -> None:
        reserved, _ = self.lines[line].held(self.purchases[doc])
        try:
            self.lines[line].commit(self.purchases[doc], amount, NOW)
            assert amount <= reserved
        except MoreThanHeld:
            assert amount > reserved

    @rule(line=which, doc=document, amount=amounts)
    def spend(self, line: int, doc: int, amount: Decimal) -> None:
        _, committed = self.lines[line].held(self.purchases[doc])
        try:
            self.lines[line].spend(self.purchases[doc], amount, NOW)
            assert amount <= committed
        except MoreThanHeld:
            assert amount > committed

    @rule(line=which, doc=document)
    def release(self, line: int, doc: int) -> None:
        self.lines[line].release(self.purchases[doc], NOW)
        assert self.lines[line].held(self.purchases[doc]) == (Decimal(0), Decimal(0))

    @rule(line=which, amount=amounts)
    def transfer(self, line: int, amount: Decimal) -> None:
        try:
            self.lines[line].transfer_to(self.lines[line ^ 1], amount, NOW, "besoin")
        except BudgetShort:
            assert amount > self.lines[line].available

    @rule(line=which, amount=amounts)
    def vote_more(self, line: int, amount: Decimal) -> None:
        envelope = self.envelope_of(line)
        left = envelope.left
        try:
            assert self.lines[line].add(envelope, amount, NOW) == min(amount, left)
        except EnvelopeEmpty:
            assert left <= 0

    @rule(line=which, move=st.sampled_from([BudgetMove.RELEASE, BudgetMove.MOVE]))
    def end(self, line: int, move: BudgetMove) -> None:
        """An action is over, or goes to another year: nothing that is held moves."""
        ending = self.lines[line]
        held, available = ending.spoken_for, ending.available
        assert ending.give_back(self.envelope_of(line), NOW, move) == available
        assert (ending.available, ending.spoken_for) == (Decimal(0), held)
        assert ending.ended

    @rule(line=which, asked=st.none() | amounts)
    def resume(self, line: int, asked: Decimal | None) -> None:
        """The action comes back to that year: up to what it asks, or what there is."""
        envelope, resumed = self.envelope_of(line), self.lines[line]
        left, before = envelope.left, resumed.granted
        resumed.resume(envelope, asked, NOW)
        gained = resumed.granted - before
        assert gained == (0 if asked is None else max(Decimal(0), min(asked - before, left)))

    @rule(line=which)
    def carry_over(self, line: int) -> None:
        """The rest of a line goes to the other year, above its envelope."""
        here, there = self.envelope_of(line), self.envelopes[1 - line // 2]
        left = there.left
        rest = self.lines[line].give_back(here, NOW, BudgetMove.CARRY)
        here.carry_to(there, rest)
        other = self.lines[(line + 2) % 4]
        other.resume(there, other.granted + rest, NOW)
        assert there.left == left

    @invariant()
    def nothing_is_below_zero(self) -> None:
        for line in getattr(self, "lines", ()):
            assert min(line.available, line.reserved, line.committed, line.paid) >= 0
        for envelope in getattr(self, "envelopes", ()):
            assert envelope.left >= 0

    @invariant()
    def the_ledger_alone_says_the_same(self) -> None:
        for line in getattr(self, "lines", ()):
            counted = rebuilt(line.entries)
            assert counted == {name: getattr(line, name) for name in counted}
            assert [entry.seq for entry in line.entries] == list(range(1, line.ledger_seq + 1))

    @invariant()
    def each_document_counts_once(self) -> None:
        for line in getattr(self, "lines", ()):
            held = [line.held(purchase) for purchase in self.purchases]
            assert sum(r for r, _ in held) == line.reserved
            assert sum(c for _, c in held) == line.committed

    @invariant()
    def all_lines_fit_in_their_envelope(self) -> None:
        for place, envelope in enumerate(getattr(self, "envelopes", ())):
            mine = self.lines[2 * place : 2 * place + 2]
            assert sum(line.voted for line in mine) == envelope.allotted <= envelope.amount
            assert sum(line.transferred for line in mine) == 0

    @invariant()
    def two_years_together_hold_what_they_held(self) -> None:
        if hasattr(self, "envelopes"):
            assert sum(envelope.amount for envelope in self.envelopes) == 14000

    @invariant()
    def facts_carry_the_balances_after(self) -> None:
        for line in getattr(self, "lines", ()):
            changed = [e for e in recorded(line) if isinstance(e, BudgetChanged)]
            if changed:
                assert changed[-1].balances == line.balances
                assert changed[-1].ledger_seq == line.ledger_seq


TestBudgetOfTwoYears = BudgetOfTwoYears.TestCase
