"""The command line's view of dead letters: list, show, ask to replay or to drop."""

import functools
from collections.abc import Callable
from typing import Any

import click

from shared.kernel.refusals import Refusal
from shared.kernel.rights import SYSTEM
from shared.log import dead_letters
from shared.run.product import Product
from shared.run.settings import Settings


def _refusals_said(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        try:
            return function(*args, **options)
        except Refusal as refusal:
            raise click.ClickException(
                " ".join(t for t in (refusal.text, refusal.rule, refusal.missing) if t)
            ) from refusal

    return call


def group(product: Product) -> click.Group:
    """The group ``dead-letters`` among the commands of ``product``."""
    letters = click.Group("dead-letters", help="Events that wait: list, show, replay, drop.")
    service = click.argument("service", type=click.Choice(product.names))
    number = click.argument("letter", type=int)

    def at(name: str) -> Any:
        return product.runtime(Settings.read(), [name]).use_cases[name]

    @letters.command("list")
    @service
    def show_all(service: str) -> None:
        for row in at(service).operate(dead_letters.waiting):
            asked = f" [{row['request']} asked]" if row["request"] else ""
            click.echo(
                f"{row['id']}  {row['kind']}  {row['type']}  thread {row['thread']}  since "
                f"{row['since']:%Y-%m-%d %H:%M}  {row['error'][:80]}{asked}"
            )

    @letters.command()
    @service
    @number
    @_refusals_said
    def show(service: str, letter: int) -> None:
        found = at(service).operate(dead_letters.one, letter_id=letter)
        for name, value in found.items():
            click.echo(f"{name}: {value}")

    @letters.command(help="Ask the worker to try it again, then what waits behind.")
    @service
    @number
    @_refusals_said
    def replay(service: str, letter: int) -> None:
        at(service).operate(dead_letters.ask_replay, actor=SYSTEM, letter_id=letter)
        click.echo("Asked: the worker that owns the partition does it within seconds.")

    @letters.command(help="Ask to set it aside, with a reason, then go on with its thread.")
    @service
    @number
    @click.option("--reason", required=True)
    @_refusals_said
    def drop(service: str, letter: int, reason: str) -> None:
        at(service).operate(dead_letters.ask_drop, actor=SYSTEM, letter_id=letter, reason=reason)
        click.echo("Asked: the worker that owns the partition does it within seconds.")

    return letters
