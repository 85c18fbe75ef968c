"""The command line of integration: who reads which facts, with which key."""

import contextlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import click

from services.integration import commands, queries
from shared.kernel.refusals import Refusal
from shared.kernel.rights import SYSTEM
from shared.run.product import Product
from shared.run.settings import Settings

_day = click.DateTime(["%Y-%m-%d"])
_grant = click.argument("grant", type=click.UUID)
group = click.Group("integration")


@contextlib.contextmanager
def _at(product: Product) -> Iterator[Any]:
    """The use cases of integration; what they refuse is said as a sentence."""
    runtime = product.runtime(Settings.read(), ["integration"])
    try:
        yield runtime.use_cases["integration"]
    except Refusal as refusal:
        said = dict.fromkeys((refusal.text, refusal.rule, refusal.missing))
        raise click.ClickException(" ".join(text for text in said if text)) from refusal
    finally:
        runtime.close()


def _date(given: datetime | None) -> date | None:
    return given.date() if given else None


@group.command(help="Let the system NAME of a department read facts; prints its key, once.")
@click.argument("name")
@click.option("--department", required=True, help="The department whose system it is.")
@click.option("--type", "types", multiple=True, help="A type of the catalogue; again for more.")
@click.option("--service", "services", multiple=True, help="All that a service says.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    help="city, 'sector:<name>' or committee:<number>; again for more.",
)
@click.option("--since", type=_day, help="First day (today).")
@click.option("--until", type=_day, help="Last day (open).")
@click.option("--contact", type=click.UUID, help="The id of a person of the annuaire.")
@click.pass_obj
def grant(
    product: Product,
    name: str,
    department: str,
    types: tuple[str, ...],
    services: tuple[str, ...],
    scopes: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    contact: UUID | None,
) -> None:
    """The grant, then its first key."""
    with _at(product) as cases:
        made = cases.perform(
            commands.grant_feed,
            actor=SYSTEM,
            name=name,
            department=department,
            types=[*types, *(queries.all_of(service) for service in services)],
            scopes=list(scopes),
            since=_date(since),
            until=_date(until),
            contact=contact,
        )
        click.echo(f"Grant {made}")
        _tell(cases.perform(commands.issue_key, actor=SYSTEM, grant_id=made))


@group.command(help="A new key for GRANT; the one before is valid for some days more.")
@_grant
@click.option("--overlap", default=7, show_default=True, help="Days.")
@click.pass_obj
def key(product: Product, grant: UUID, overlap: int) -> None:
    """Rotation."""
    with _at(product) as cases:
        issued = cases.perform(commands.issue_key, actor=SYSTEM, grant_id=grant, overlap=overlap)
        _tell(issued)


@group.command(help="Withdraw the key that begins with PREFIX from GRANT, at once.")
@_grant
@click.argument("prefix")
@click.pass_obj
def withdraw(product: Product, grant: UUID, prefix: str) -> None:
    """A key was lost."""
    with _at(product) as cases:
        card = cases.ask(queries.grant_card, actor=SYSTEM, grant_id=grant)
        found = next((k["id"] for k in card["keys"] if k["prefix"] == prefix), None)
        if found is None:
            raise click.ClickException(f"{card['name']} has no key {prefix}.")
        cases.perform(commands.withdraw_key, actor=SYSTEM, grant_id=grant, key_id=found)
        click.echo(f"{prefix} opens nothing any more.")


@group.command(help="Revoke GRANT with all its keys, at once.")
@_grant
@click.option("--why", required=True)
@click.pass_obj
def revoke(product: Product, grant: UUID, why: str) -> None:
    """It stays in the list, with the reason."""
    with _at(product) as cases:
        cases.perform(commands.end_grant, actor=SYSTEM, grant_id=grant, why=why)
        click.echo("Revoked.")


@group.command(help="Who reads what, and when last.")
@click.pass_obj
def grants(product: Product) -> None:
    """One line a grant, one a key."""
    with _at(product) as cases:
        after = None
        while True:
            page = cases.ask(queries.grants, actor=SYSTEM, after=after)
            for row in page["items"]:
                _line(row)
            after = page["next"]
            if after is None:
                return


def _line(row: dict[str, Any]) -> None:
    state = row["not_in_force"] or "in force"
    what, where = ", ".join(row["types"]), ", ".join(row["places"])
    click.echo(f"{row['id']}  {row['name']} ({row['department']})  {what}  {where}  {state}")
    for one in row["keys"]:
        last = f"{one['last_at']:%Y-%m-%d %H:%M}" if one["last_at"] else "never"
        valid = "valid" if one["valid"] else "over"
        click.echo(f"    {one['prefix']}…  {valid}  read {one['total'] or 0} times, last {last}")


def _tell(issued: commands.Issued) -> None:
    click.echo(f"Key {issued.key}")
    click.echo("Write it down now: only its beginning stays readable.")
