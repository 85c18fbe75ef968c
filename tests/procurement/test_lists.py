"""Lists: page after page without gap nor double, whole in a file, in as many questions as ever."""

import re
import shutil
from collections.abc import Callable, Iterator
from copy import copy
from datetime import timedelta
from decimal import Decimal
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.procurement import commands, queries, tables
from services.procurement.model import State
from shared.run.settings import Settings
from tests.procurement.browsing import as_
from tests.procurement.world import COMMITTEE, World, world_of

MANY = 53
"""More than one page of fifty."""


def copies(world: World, table: sa.Table, row_id: UUID, count: int, change: Callable[..., Any]):
    """``count`` more rows like the one of ``row_id``, with what ``change`` says of the n-th."""
    with world.database.write() as connection:
        select = table.select().where(table.c.id == row_id)
        row = dict(connection.execute(select).mappings().one())
        rows = [row | {"id": uuid4()} | change(n) for n in range(count)]
        connection.execute(table.insert(), rows)


class Crowd:
    """A world with one purchase at each place of a list, and as many like it as a test wants."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.line = world.line("7000")
        self.ordered = world.ordered(self.line, prices=("100.00", "110.00"))
        self.validated = world.checked(self.line, prices=("200.00", "210.00"))
        world.validate(self.validated)
        self.checked = world.checked(self.line, prices=("300.00", "310.00"))
        self.needed = world.need(self.line)
        self.invoice = world.do(
            commands.record_invoice,
            "clerk",
            purchase_id=self.ordered,
            number="F-1",
            siret="73282932000074",
            received_on=world.today,
            amount_incl_tax=Decimal("10.00"),
        )
        [first, *_] = world.ask(queries.suppliers_list, "buyer")["items"]
        self.supplier = first["id"]

    def of_purchase(self, n: int) -> dict[str, Any]:
        day = self.world.today + timedelta(20 + n % 7)
        return {
            "need_id": uuid4(),
            "title": f"Copie {n:03d}",
            "family": f"famille {n:03d}",
            "needed_by": day,
            "order_before": day,
        }

    def of_order(self, n: int) -> dict[str, Any]:
        return self.of_purchase(n) | {"order_number": f"BC-2020-{n:04d}", "family": "sonorisation"}

    def grow(self, count: int) -> None:
        world = self.world
        for purchase in (self.needed, self.validated, self.checked):
            copies(world, tables.purchases, purchase, count, self.of_purchase)
        copies(world, tables.purchases, self.ordered, count, self.of_order)
        copies(world, tables.invoices, self.invoice, count, lambda n: {"number": f"Fac {n:03d}"})
        copies(world, tables.budget_lines, self.line, count, lambda n: {"title": f"Ligne {n:03d}"})
        copies(
            world,
            tables.suppliers,
            self.supplier,
            count,
            lambda n: {"name": f"Vendeur {n:03d}", "siret": f"{n:014d}"},
        )
        with world.database.write() as connection:
            entry = dict(connection.execute(tables.ledger.select()).mappings().first() or {})
            rows = [entry | {"seq": 1000 + n, "reason": f"Motif {n:03d}"} for n in range(count)]
            connection.execute(tables.ledger.insert(), rows)


@pytest.fixture(scope="module")
def crowded(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Crowd]:
    """A crowd made once, whose folder each test copies: it takes half a second."""
    folder = tmp_path_factory.mktemp("crowded") / "data"
    shutil.copytree(prepared, folder)
    crowd = Crowd(world_of(Settings(data=folder)))
    crowd.world.database.engine.dispose()
    return folder, crowd


@pytest.fixture
def crowd(crowded: tuple[Path, Crowd], tmp_path: Path) -> Crowd:
    folder, made = crowded
    crowd = copy(made)
    crowd.world = world_of(Settings(data=shutil.copytree(folder, tmp_path / "data")))
    return crowd


def lists(crowd: Crowd) -> dict[str, tuple[str, str, str]]:
    """Each list page: who looks, where, and how a copied row is recognised."""
    return {
        "purchases": ("auditor", "/", r"Copie \d{3}"),
        "one step": ("auditor", "/?etape=validated", r"Copie \d{3}"),
        "needs": ("member", f"/besoins/{COMMITTEE}", r"Copie \d{3}"),
        "consultations": ("buyer", "/consultations", r"Copie \d{3}"),
        "inbox": ("delegate", "/a-approuver", r"Copie \d{3}"),
        "to number": ("clerk", "/a-numeroter", r"Copie \d{3}"),
        "orders": ("clerk", "/commandes", r"BC-2020-\d{4}"),
        "deliveries": ("lead", "/livraisons", r"Copie \d{3}"),
        "invoices": ("clerk", "/factures", r"Fac \d{3}"),
        "lines": ("dpc", "/lignes", r"Ligne \d{3}"),
        "ledger": ("dpc", f"/lignes/{crowd.line}", r"Motif \d{3}"),
        "families": ("buyer", "/familles", r"famille \d{3}"),
        "suppliers": ("buyer", "/fournisseurs", r"Vendeur \d{3}"),
        "one supplier": ("buyer", f"/fournisseurs/{crowd.supplier}", r"Copie \d{3}"),
    }


NAMES = (
    "purchases", "one step", "needs", "consultations", "inbox", "to number", "orders",
    "deliveries", "invoices", "lines", "ledger", "families", "suppliers", "one supplier",
)  # fmt: skip
IN_A_FILE = ("purchases", "needs", "consultations", "orders", "invoices", "lines", "suppliers")
SHARED_BY_STATES = {"purchases": 4, "needs": 4, "one supplier": 2}
"""In these lists the copies of several purchases stand side by side."""


def walk(browser: FlaskClient, path: str, pattern: str) -> Iterator[list[str]]:
    """The copied rows of each page, following « rel=next »."""
    for _ in range(20):
        response = browser.get(path)
        assert response.status_code == 200, response.text[:500]
        yield re.findall(rf">\s*({pattern})", response.text)
        following = re.search(r'rel="next" href="(\?[^"]*(?:suite|after)=[^"]+)"', response.text)
        if following is None:
            return
        path = path.partition("?")[0] + unescape(following[1])


@pytest.mark.parametrize("name", [name for name in NAMES if name != "inbox"])
def test_a_list_goes_on_page_after_page_without_gap_or_double(crowd: Crowd, name: str):
    crowd.grow(MANY)
    who, path, pattern = lists(crowd)[name]
    found = list(walk(as_(crowd.world, who), path, pattern))
    rows = [row for page in found for row in page]
    assert len(found) > 1
    assert max(len(page) for page in found) <= 50
    assert len(set(rows)) == MANY
    assert len(rows) == MANY * SHARED_BY_STATES.get(name, 1)


def test_the_inbox_is_whole_and_says_how_many_await_one(crowd: Crowd):
    crowd.grow(MANY)
    text = as_(crowd.world, "delegate").get("/a-approuver").text
    assert len(set(re.findall(r"Copie \d{3}", text))) == MANY
    assert f"{MANY + 1}\u00a0dossiers attendent votre décision" in text


@pytest.mark.parametrize("name", IN_A_FILE)
def test_a_file_holds_all_rows_of_its_list(
    crowd: Crowd, name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(import_module("shared.web.exports"), "IN_A_FILE", 20)
    crowd.grow(MANY)
    who, path, _ = lists(crowd)[name]
    response = as_(crowd.world, who).get(f"{path}?format=csv")
    pattern = {"suppliers": r"Vendeur \d{3}", "invoices": r"Fac \d{3}"}.get(name, r"\w+ \d{3}\b")
    assert len(set(re.findall(pattern, response.text))) >= MANY
    wanted = MANY * SHARED_BY_STATES.get(name, 1)
    assert wanted < len(response.text.splitlines()) <= wanted + 6


def statements(world: World, who: str, path: str) -> int:
    """How many times the database is asked for one page."""
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    browser = as_(world, who)
    sa.event.listen(world.database.engine, "before_cursor_execute", note)
    assert browser.get(path).status_code == 200
    sa.event.remove(world.database.engine, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_the_database_as_often_for_forty_rows_as_for_one(crowd: Crowd, name: str):
    who, path, _ = lists(crowd)[name]
    before = statements(crowd.world, who, path)
    crowd.grow(40)
    assert statements(crowd.world, who, path) == before


def test_closed_needs_are_a_list_of_their_own(crowd: Crowd):
    world = crowd.world
    world.do(commands.cancel_purchase, "dpc", purchase_id=crowd.needed, reason="Pluie")
    copies(world, tables.purchases, crowd.needed, MANY, crowd.of_purchase)
    member = as_(world, "member")
    assert f"Terminés\u00a0: {MANY + 1}" in member.get(f"/besoins/{COMMITTEE}").text
    found = list(walk(member, f"/besoins/{COMMITTEE}?clos=1", r"Copie \d{3}"))
    assert [len(page) for page in found] == [49, 4] or [len(page) for page in found] == [50, 3]


def test_orders_on_which_an_invoice_may_come_go_on_beside_the_invoices(crowd: Crowd):
    crowd.grow(MANY)
    clerk = as_(crowd.world, "clerk")
    first = clerk.get("/factures").text
    [following] = re.findall(r'rel="next" href="(\?commandes=[^"]+)"', first)
    second = clerk.get(f"/factures{unescape(following).partition('#')[0]}").text
    numbers = [re.findall(r"BC-2020-\d{4} ·", text) for text in (first, second)]
    assert not set(numbers[0]) & set(numbers[1])


def test_a_supplier_beyond_the_first_ones_is_found_by_its_name(crowd: Crowd):
    world = crowd.world
    copies(
        world,
        tables.suppliers,
        crowd.supplier,
        201,
        lambda n: {"name": f"A {n:03d}", "siret": f"{n:014d}"},
    )
    buyer, path = as_(world, "buyer"), f"/consultations/{crowd.needed}"
    page = buyer.get(path).text
    assert "Fournisseur 3" not in page
    assert "Il y en a plus que cette page" in page
    assert "Fournisseur 3" in buyer.get(f"{path}?chercher=Fournisseur+3").text
    assert "Aucun fournisseur trouvé." in buyer.get(f"{path}?chercher=personne").text


def test_an_address_of_a_page_that_nobody_gave_is_refused_with_a_sentence(crowd: Crowd):
    refused = as_(crowd.world, "auditor").get("/?suite=nonsense")
    assert refused.status_code == 422
    assert "reprenez au début" in refused.text


@pytest.mark.parametrize(
    "who, count, query",
    [
        ("buyer", queries.consultations_count, queries.consultations),
        ("clerk", queries.to_number_count, queries.to_number),
        ("lead", queries.deliveries_count, queries.deliveries_awaited),
    ],
)
def test_the_number_beside_a_link_is_that_of_its_page(crowd: Crowd, who: str, count, query):
    crowd.grow(3)
    assert crowd.world.ask(count, who) == crowd.world.ask(query, who)["count"] > 3


def test_the_number_beside_invoices_is_that_of_their_list(crowd: Crowd):
    crowd.grow(3)
    found = crowd.world.ask(queries.invoices_list, "clerk")["items"]
    assert crowd.world.ask(queries.invoices_count, "clerk") == len(found) == 4


@pytest.mark.feature("A16")
@pytest.mark.parametrize("who, name", [("delegate", "À signer"), ("buyer", "À approuver")])
def test_the_badge_counts_what_the_page_says_awaits_its_reader(crowd: Crowd, who: str, name: str):
    world = crowd.world
    world.compared(crowd.line, ("10.00", "11.00"))
    text = as_(world, who).get("/a-approuver").text
    assert f"<title>{name}" in text
    shown = re.search(r"(\d+)\u00a0dossiers? attend", text)
    assert shown
    assert int(shown[1]) == world.ask(queries.awaiting_count, who) > 0
    state = State.CHECKED if who == "delegate" else State.COMPARING
    [row] = [r for r in world.ask(queries.awaiting_decision, who) if r["state"] is state][:1]
    assert name in as_(world, who).get(f"/a-approuver/{row['id']}").text
