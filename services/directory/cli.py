"""The command line of directory: the first officer of an installation."""

import click

from services.directory import commands, events
from services.language import STREAMS
from shared.kernel.refusals import Refusal
from shared.kernel.rights import SYSTEM
from shared.log.notices import NoticeIssued
from shared.run.runtime import Runtime
from shared.run.settings import Settings


@click.command("invite", help="Make EMAIL the first DPC-CAC officer, and write to them.")
@click.argument("email")
@click.option("--name", required=True, help="How the person is called.")
@click.option("--administrator", is_flag=True, help="An administrator instead of an officer.")
def command(email: str, name: str, administrator: bool) -> None:
    """Run again with the same address, it only writes again."""
    from services.directory.service import service

    known = [*events.PUBLISHED, NoticeIssued]
    runtime = Runtime([service], Settings.read(), known=known, streams=STREAMS)
    runtime.migrate()
    try:
        person = runtime.use_cases["directory"].perform(
            commands.invite_first_officer,
            actor=SYSTEM,
            email=email,
            name=name,
            role=events.Role.ADMINISTRATOR if administrator else events.Role.DPC_OFFICER,
        )
    except Refusal as refusal:
        raise click.ClickException(refusal.text) from refusal
    finally:
        runtime.close()
    click.echo(f"{name} may enter with {email} (person {person}); a mail leaves with the worker.")
