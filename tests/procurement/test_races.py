"""Fifty at once on a line that fits three: exactly three, whoever races and wherever it is kept."""

import multiprocessing
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from services.procurement import commands
from services.procurement.model.refusals import BudgetShort, SeenOutdated, StepNotAllowed
from shared.run.settings import Settings
from tests.procurement.world import World, a_world, world_of

PRICE = "100.00"
THREE = "325.50"
"""Three times 108.50, tax included."""


def waiting(world: World, count: int) -> tuple[UUID, list[tuple[UUID, str]]]:
    """``count`` purchases proposed for validation on one line that fits three."""
    line = world.line(THREE)
    suppliers = world.suppliers(3)
    purchases = [world.need(line) for _ in range(count)]
    for purchase in purchases:
        world.asked(purchase, suppliers)
    quotes = [(p, world.register(p, suppliers[0])) for p in purchases]
    world.close(purchases[0])
    for purchase, quote in quotes:
        world.typed(purchase, quote, PRICE)
        world.do(
            commands.check_quote,
            "buyer",
            purchase_id=purchase,
            quote_id=quote,
            why_supplier="Le seul",
            no_interest=True,
        )
    return line, [(purchase, world.seen(purchase)) for purchase in purchases]


def attempt(world: World, purchase: UUID, seen: str) -> str:
    try:
        world.validate(purchase, seen=seen)
    except BudgetShort:
        return "short"
    return "validated"


def attempts(settings: Settings, files: list[tuple[UUID, str]]) -> list[str]:
    """What one process of several does, with threads of its own."""
    world = world_of(settings)
    with ThreadPoolExecutor(4) as pool:
        futures: list[Future[str]] = [pool.submit(attempt, world, p, seen) for p, seen in files]
        return [future.result() for future in futures]


def exactly_three(world: World, line: UUID, said: list[str]) -> None:
    assert said.count("validated") == 3
    assert said.count("short") == 47
    assert world.balances(line) == {
        "reserved": Decimal(THREE),
        "committed": Decimal(0),
        "paid": Decimal(0),
        "available": Decimal(0),
    }
    assert world.facts().count("quote-validated") == 3


def race_of_processes(settings: Settings, files: list[tuple[UUID, str]]) -> list[str]:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(3, mp_context=spawn) as pool:
        shares = [files[n::3] for n in range(3)]
        found = pool.map(attempts, [settings] * 3, shares)
        return [said for share in found for said in share]


@pytest.fixture(scope="module")
def fifty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, UUID, list[tuple[UUID, str]]]:
    """Made once: a folder in which fifty wait on a line that fits three."""
    folder = tmp_path_factory.mktemp("fifty")
    world = a_world(folder)
    line, files = waiting(world, 50)
    world.database.close()
    return folder, line, files


@pytest.mark.feature("A13")
def test_fifty_threads_on_a_line_that_fits_three(fifty, tmp_path: Path):
    folder, line, files = fifty
    world = world_of(Settings(data=shutil.copytree(folder, tmp_path / "data")))
    with ThreadPoolExecutor(16) as pool:
        said = list(pool.map(lambda file: attempt(world, *file), files))
    exactly_three(world, line, said)


def test_several_processes_on_sqlite(fifty, tmp_path: Path):
    folder, line, files = fifty
    settings = Settings(data=shutil.copytree(folder, tmp_path / "data"))
    exactly_three(world_of(settings), line, race_of_processes(settings, files))


def test_several_processes_on_postgresql(tmp_path: Path, database_urls: Callable[..., str]):
    settings = Settings(
        data=tmp_path,
        database_url=database_urls("directory", "procurement"),
        kafka_bootstrap_servers="127.0.0.1:1",
    )
    runtime = world_of(settings).runtime
    runtime.migrate()
    world = World(runtime)
    world.people()
    line, files = waiting(world, 50)
    exactly_three(world, line, race_of_processes(settings, files))


def test_two_officers_in_the_same_second_on_one_file(world: World):
    line = world.line()
    purchase = world.checked(line)
    seen = world.seen(purchase)

    def decide(who: str) -> str:
        try:
            if who == "delegate":
                world.validate(purchase, who, seen)
            else:
                world.do(
                    commands.refuse_purchase, who, purchase_id=purchase, reason="Non", seen=seen
                )
        except (StepNotAllowed, SeenOutdated):
            return "too late"
        return who

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(decide, ["delegate", "signer"]))
    assert said.count("too late") == 1
    facts = world.facts()
    assert facts.count("quote-validated") + facts.count("quote-refused") == 1


def test_the_second_net_refuses_what_would_go_below_zero(world: World):
    import sqlalchemy as sa

    from services.procurement.tables import budget_lines

    line = world.line("100")
    too_much = budget_lines.update().where(budget_lines.c.id == line)
    with pytest.raises(sa.exc.IntegrityError), world.database.write() as connection:
        connection.execute(too_much.values(reserved=Decimal("100.01")))
