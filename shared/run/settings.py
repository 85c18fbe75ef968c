"""Every setting: its name, its default, what it does. Nothing else reads the environment."""

import dataclasses
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote


class SettingsError(Exception):
    """A setting is missing or cannot be understood; the text says which and what to write."""


_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")


def _setting(name: str, default: Any, says: str, *, secret: bool = False) -> Any:
    about = {"name": name, "says": says, "secret": secret}
    return field(default=default, metadata=about)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one process, as read from its environment."""

    database_url: str = _setting(
        "DATABASE_URL",
        "",
        "Where each service keeps its data, with {service} in it. Empty: one SQLite file a "
        "service in RK_DATA.",
        secret=True,
    )
    database_passwords: str = _setting(
        "DATABASE_PASSWORDS",
        "",
        "service=password pairs separated by commas, for {password} in DATABASE_URL: a process "
        "needs those of its own services only.",
        secret=True,
    )
    kafka_bootstrap_servers: str = _setting(
        "KAFKA_BOOTSTRAP_SERVERS",
        "",
        "Brokers of the event log, host:port separated by commas. Empty: the embedded log, one "
        "SQLite file in RK_DATA.",
    )
    kafka_prefix: str = _setting(
        "KAFKA_PREFIX", "", "Put before topic and group names when a cluster is shared."
    )
    kafka_security_protocol: str = _setting(
        "KAFKA_SECURITY_PROTOCOL", "PLAINTEXT", "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL."
    )
    kafka_sasl_mechanism: str = _setting(
        "KAFKA_SASL_MECHANISM", "", "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512."
    )
    kafka_sasl_username: str = _setting("KAFKA_SASL_USERNAME", "", "User known to the brokers.")
    kafka_sasl_password: str = _setting(
        "KAFKA_SASL_PASSWORD", "", "Password of that user.", secret=True
    )
    kafka_ssl_cafile: str = _setting(
        "KAFKA_SSL_CAFILE", "", "Certificates of the authority that signs the brokers' ones."
    )
    data: Path = _setting(  # noqa: RUF009 - a field, not a call for each instance
        "RK_DATA", Path("var"), "Folder of the embedded databases and files."
    )
    files_url: str = _setting(
        "FILES_URL", "", "Folder of files shared by the services. Empty: `files` in RK_DATA."
    )
    public_url: str = _setting(
        "RK_PUBLIC_URL",
        "http://127.0.0.1:8000",
        "Address that people and departments use; it is also the source of facts. Not given: "
        "this machine, at RK_PORT.",
    )
    host: str = _setting("RK_HOST", "127.0.0.1", "Address to listen on.")
    port: int = _setting("RK_PORT", 8000, "Port to listen on.")
    metrics_port: int = _setting(
        "RK_METRICS_PORT", 9100, "Port on which a worker shows its health and metrics."
    )
    threads: int = _setting("RK_THREADS", 16, "Threads that answer requests in a process.")
    replica: str = _setting(
        "RK_REPLICA", "", "Stable name of this replica among its like. Empty: the host's name."
    )
    demonstration: bool = _setting(
        "RK_DEMONSTRATION",
        False,
        "1 loads demonstration data, opens the page of personas and shows sent mails.",
    )
    now_offset: str = _setting(
        "RK_NOW_OFFSET",
        "0",
        "Seconds added to the clock, or the absolute path of a file that holds them; "
        "demonstration mode only.",
    )
    smtp_url: str = _setting(
        "SMTP_URL",
        "",
        "smtp://user:password@host:port, or smtps://. Empty: mails wait, and are shown on a page "
        "in demonstration mode.",
        secret=True,
    )
    mail_from: str = _setting(
        "RK_MAIL_FROM", "rond-koze@localhost", "Sender of the mails of the product."
    )
    token_private_key: str = _setting(
        "TOKEN_PRIVATE_KEY",
        "",
        "JWK (Ed25519) with which directory signs. Empty: made once in RK_DATA.",
        secret=True,
    )
    token_public_keys: str = _setting(
        "TOKEN_PUBLIC_KEYS",
        "",
        "JWK set with which everybody verifies. Empty: read beside the private key in RK_DATA.",
    )
    log_level: str = _setting("RK_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR.")
    body_limit: int = _setting(
        "RK_BODY_LIMIT", 12 * 1024 * 1024, "Bytes of the largest request that is read."
    )

    def __post_init__(self) -> None:
        embedded_store = self.database_url == "" or self.database_url.startswith("sqlite")
        embedded_log = self.kafka_bootstrap_servers == ""
        if embedded_store != embedded_log:
            raise SettingsError(
                "DATABASE_URL and KAFKA_BOOTSTRAP_SERVERS go together: either neither (SQLite and "
                "the embedded log), or PostgreSQL and Kafka."
            )
        if not embedded_store and "{service}" not in self.database_url:
            raise SettingsError("DATABASE_URL needs {service}: each service has its own database.")
        if self.offset and not self.demonstration:
            raise SettingsError("RK_NOW_OFFSET moves the clock in demonstration mode only.")
        for name, value, allowed in (
            ("RK_LOG_LEVEL", self.log_level, _LEVELS),
            ("KAFKA_SECURITY_PROTOCOL", self.kafka_security_protocol, _PROTOCOLS),
        ):
            if value not in allowed:
                raise SettingsError(f"{name} is {value!r}: write {', '.join(allowed)}.")
        for name, number, most in (
            ("RK_PORT", self.port, 65535),
            ("RK_METRICS_PORT", self.metrics_port, 65535),
            ("RK_THREADS", self.threads, 1000),
            ("RK_BODY_LIMIT", self.body_limit, 2**40),
        ):
            if not 1 <= number <= most:
                raise SettingsError(f"{name} is {number}: write a number from 1 to {most}.")
        if not self.public_url.startswith(("http://", "https://")):
            raise SettingsError(f"RK_PUBLIC_URL is {self.public_url!r}: begin with https://.")

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """The settings of ``environment`` (the process's own by default).

        Raises SettingsError, with the name and what was expected, on a value of the wrong kind.
        """
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for item in dataclasses.fields(cls):
            name = item.metadata["name"]
            if environment.get(name, "") != "":
                values[item.name] = _parse(name, environment[name], item.default)
        # The address that is printed, and that mails lead to, is one that answers.
        values.setdefault("public_url", f"http://127.0.0.1:{values.get('port', cls.port)}")
        return cls(**values)

    @property
    def offset(self) -> float | Path:
        """How far the clock is moved: seconds, or the file that says so."""
        if self.now_offset.startswith("/"):
            return Path(self.now_offset)
        try:
            return float(self.now_offset)
        except ValueError as error:
            raise SettingsError(
                f"RK_NOW_OFFSET is {self.now_offset!r}: write seconds, or an absolute path."
            ) from error

    @property
    def embedded(self) -> bool:
        """One process on SQLite and the embedded log."""
        return self.kafka_bootstrap_servers == ""

    def database_of(self, service: str) -> str:
        """The URL of the database of ``service``; SettingsError when its password is not given."""
        if not self.database_url:
            return f"sqlite:///{self.data / f'{service}.sqlite'}"
        url = self.database_url.replace("{service}", service)
        if "{password}" in url:
            url = url.replace("{password}", quote(self._password_of(service), safe=""))
        return url

    def _password_of(self, service: str) -> str:
        pairs = (pair.strip().partition("=") for pair in self.database_passwords.split(","))
        found = {name: password for name, _, password in pairs}.get(service)
        if not found:
            raise SettingsError(f"DATABASE_PASSWORDS has no password of {service}.")
        return found

    @property
    def files_folder(self) -> Path:
        """Where files are kept."""
        folder = self.files_url.removeprefix("file://")
        return Path(folder) if folder else self.data / "files"

    @property
    def replica_name(self) -> str:
        """The stable name of this replica."""
        return self.replica or socket.gethostname()

    @property
    def kafka_security(self) -> dict[str, str]:
        """Kafka's security settings under the client's names."""
        given = {
            "security_protocol": self.kafka_security_protocol,
            "sasl_mechanism": self.kafka_sasl_mechanism,
            "sasl_plain_username": self.kafka_sasl_username,
            "sasl_plain_password": self.kafka_sasl_password,
            "ssl_cafile": self.kafka_ssl_cafile,
        }
        return {name: value for name, value in given.items() if value}


def _parse(name: str, text: str, default: Any) -> Any:
    kind = type(default)
    try:
        if kind is bool:
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[
                text.lower()
            ]
        return kind(text)
    except (KeyError, ValueError) as error:
        wanted = {bool: "0 or 1", int: "a whole number", float: "a number"}.get(kind, "a text")
        raise SettingsError(f"{name} is {text!r}: write {wanted}.") from error


def as_markdown() -> str:
    """Every setting for who runs the product: ``docs/settings.md``."""
    lines = [
        "# Settings",
        "",
        "Each process reads these from its environment, nothing else. `python -m services settings`",
        "prints them. Without any, everything runs in one process on SQLite and an embedded log.",
        "",
        "| name | default | what it does |",
        "|---|---|---|",
    ]
    for item in described():
        default = f"`{item['default']}`" if item["default"] else ""
        lines.append(f"| `{item['name']}` | {default} | {item['says']} |")
    return "\n".join(lines) + "\n"


def described() -> list[dict[str, str]]:
    """Every setting as name, default and what it does, for the command line and the docs."""
    return [
        {
            "name": item.metadata["name"],
            "default": "" if item.default in ("", False) else str(item.default),
            "says": item.metadata["says"],
        }
        for item in dataclasses.fields(Settings)
    ]
