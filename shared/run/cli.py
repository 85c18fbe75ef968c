"""The command line: ``python -m services``."""

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from shared.run import folder, observability
from shared.run import keys as token_keys
from shared.run.product import Product
from shared.run.settings import Settings, SettingsError, described

if TYPE_CHECKING:
    from shared.run.runtime import Runtime

T = TypeVar("T")
WAIT_SECONDS = 180
LETTERS = "dead-letters"
COLLECTED = (50_000, 20, 100)
"""How often Python looks for cycles. A start makes some hundred thousand things that stay: looking
through them at every 700th that is new, as it does by itself, is a tenth of a start."""


def command_line(product: Product) -> click.Group:
    """The commands of ``product``."""
    group = _Commands(product)
    for made in (_documents, _operations):
        made(group, product)
    return group


class _Commands(click.Group):
    """Commands of the whole, and a group for each service under its name."""

    def __init__(self, product: Product) -> None:
        super().__init__(
            invoke_without_command=True,
            callback=lambda: self._everything(),
            help="Without a command: everything in one process, on its embedded defaults.",
        )
        self._product = product

    def list_commands(self, context: click.Context) -> list[str]:
        return [*self._product.names, LETTERS, *super().list_commands(context)]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in self._product.names:
            return _service_group(self._product, name)
        if name == LETTERS:
            from shared.run import letters

            return letters.group(self._product)
        return super().get_command(context, name)

    def main(self, *args: Any, **options: Any) -> Any:
        gc.set_threshold(*COLLECTED)
        try:
            return super().main(*args, **options)
        except SettingsError as error:
            click.echo(f"Réglage : {error}", err=True)
            sys.exit(2)
        except Exception as error:
            said = _of_a_database(error)
            if said is None:
                raise
            click.echo(said, err=True)
            sys.exit(1)

    def _everything(self) -> None:
        if click.get_current_context().invoked_subcommand is None:
            _embedded(self._product)


def _of_a_database(error: Exception) -> str | None:
    """What an error of the database means for who runs the product; None for any other."""
    from sqlalchemy.exc import DBAPIError

    from shared.store.database import unreachable

    if not isinstance(error, DBAPIError):
        return None
    why = "not reachable" if unreachable(error) else "not up to date: run migrate"
    return f"Database: {why} ({type(error.orig).__name__})."


def _embedded(product: Product) -> None:
    from shared.run.serve import serve

    settings = Settings.read()
    if not settings.embedded:
        raise SettingsError(
            "KAFKA_BOOTSTRAP_SERVERS is set: start `<service> web` and `<service> worker`."
        )
    observability.configure(settings.log_level if settings.log_level != "INFO" else "WARNING")
    if settings.demonstration and not (settings.data / "demonstration").exists():
        code = subprocess.run([sys.executable, "-m", product.package, "demonstration"]).returncode
        if code:
            sys.exit(code)
    _check(settings, product.names)

    def make() -> "Runtime":
        from shared.run.opening import brought_up_to_date

        return brought_up_to_date(product, settings)

    with folder.alone(settings.data):
        ready = f"Rond Kozé est ouvert : {settings.public_url}  (Ctrl-C pour arrêter)"
        serve(settings, make, everything=True, ready=ready)


def _check(settings: Settings, names: Sequence[str]) -> None:
    """Refuse all that only the settings can be blamed for.

    In the process that answers requests the same would end in a trace and a loop of restarts.
    """
    from shared.run.serve import reserve

    if settings.embedded:
        folder.prepare(settings.data)
    for name in names:
        settings.database_of(name)
    token_keys.public_keys(settings)
    reserve(settings)


def _patiently(what: str, attempt: Callable[[], T]) -> T:
    """Do ``attempt``, waiting for a database or a log that is not there yet."""
    from shared.log.event_log import LogUnavailable
    from shared.store.database import unreachable

    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return attempt()
        except Exception as error:
            if not (isinstance(error, LogUnavailable) or unreachable(error)):
                raise
            if time.monotonic() > until:
                raise click.ClickException(f"{what}: still not reachable, giving up.") from error
            click.echo(f"{what}: not reachable yet ({type(error).__name__}), waiting.", err=True)
            time.sleep(1)


def _migrate(runtime: "Runtime") -> None:
    moved = _patiently("Database", runtime.migrate)
    click.echo(f"Brought up to date: {', '.join(moved)}" if moved else "Nothing to migrate.")


def _service_group(product: Product, name: str) -> click.Group:
    about = f"The service {name}: web, worker, migrate."
    group = click.Group(name=name, help=about, context_settings={"obj": product})

    @group.command(help="Answer requests.")
    def web() -> None:
        from shared.run.serve import serve

        settings = Settings.read()
        observability.configure(settings.log_level, f"{name}-web")
        _check(settings, [name])
        serve(settings, lambda: product.runtime(settings, [name]), everything=False)

    @group.command(help="Relay, read the log, fire timers.")
    def worker() -> None:
        from shared.run.working import work

        settings = Settings.read()
        observability.configure(settings.log_level, f"{name}-worker")
        work(settings, product.runtime(settings, [name]))

    @group.command(help="Bring the database up to date.")
    def migrate() -> None:
        _migrate(product.runtime(Settings.read(), [name]))

    own = product.service(name).cli
    if own is not None:
        for command in own.commands.values() if isinstance(own, click.Group) else [own]:
            group.add_command(command)
    return group


def _documents(group: click.Group, product: Product) -> None:
    @group.command(help="The map of events: producer → event → who hears it.")
    def events() -> None:
        for producer, event, hearers in product.event_map():
            click.echo(f"{producer} → {event} → {', '.join(hearers) or '(departments)'}")

    @group.command(help="AsyncAPI 3.0 of all events, as JSON.")
    def asyncapi() -> None:
        from shared.log.catalogue import asyncapi as describe

        click.echo(describe(product.services, product.streams))

    @group.command(help="OpenAPI 3.1 of a service, as JSON.")
    @click.argument("service", type=click.Choice(product.names))
    def openapi(service: str) -> None:
        runtime = product.runtime(Settings.read(), [service])
        with runtime.apps[service].test_client() as client:
            click.echo(client.get("/api/v1/openapi.json").get_data(as_text=True))

    @group.command(help="Every type of problem the API answers with, as Markdown.")
    def problems() -> None:
        from shared.web.problem_types import as_markdown, known

        _ = product.services
        click.echo(as_markdown(known(product.package)), nl=False)

    @group.command(help="Every setting: name, default, what it does.")
    def settings() -> None:
        for item in described():
            click.echo(f"{item['name']}={item['default']}\n    {item['says']}")

    @group.command(help="A new pair of keys for tokens, as settings.")
    def keys() -> None:
        import json

        private, public = token_keys.new_pair()
        click.echo(f"TOKEN_PRIVATE_KEY={json.dumps(private, separators=(',', ':'))}")
        click.echo(f"TOKEN_PUBLIC_KEYS={json.dumps(public, separators=(',', ':'))}")


def _operations(group: click.Group, product: Product) -> None:
    @group.command(help="Bring all databases up to date.")
    def migrate() -> None:
        _migrate(product.runtime(Settings.read()))

    @group.command(help="Create the streams of the log and check their settings.")
    def topics() -> None:
        runtime = product.runtime(Settings.read(), [])
        differences = _patiently("Log", runtime.ensure_streams)
        for stream in product.streams:
            click.echo(f"{stream.name}: {stream.partitions} partitions")
        for difference in differences:
            click.echo(f"differs: {difference}", err=True)
        runtime.close()
        sys.exit(1 if differences else 0)

    @group.command(help="Make the views of a service anew from the log, while it works.")
    @click.argument("service", type=click.Choice(product.names))
    def rebuild(service: str) -> None:
        from shared.log.rebuild import Rebuild

        runtime = product.runtime(Settings.read(), [service])
        database = runtime.workplaces[service].database
        one = Rebuild(product.service(service), database, runtime.log, runtime.registry)
        click.echo(f"{one.run()} events folded; the views of {service} are new.")
        runtime.close()

    @group.command(help="After a backup was restored: what the service said and has forgotten.")
    @click.argument("service", type=click.Choice(product.names))
    def reconcile(service: str) -> None:
        from shared.log.reconcile import forgotten, told

        runtime = product.runtime(Settings.read(), [service])
        database = runtime.workplaces[service].database
        for line in told(forgotten(product.service(service), database, runtime.log)):
            click.echo(line)
        runtime.close()

    @group.command(help="Load demonstration data through the commands (once).")
    def demonstration() -> None:
        from shared.run.demonstration import load

        settings = Settings.read()
        observability.configure("WARNING")
        load(product, settings, say=click.echo)
