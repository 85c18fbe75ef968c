"""An installation of the whole product that is saved, lives on, and is put back as it was saved."""

import json
import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from services.__main__ import product
from shared.run.demonstration import wait_for_rest
from shared.run.keys import new_pair
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.testing.parts import Kafka, PostgreSQL

Parts = tuple[Kafka, PostgreSQL] | None


class Installation:
    """Everything in a folder (SQLite, the embedded log), or on PostgreSQL and Kafka."""

    def __init__(self, folder: Path, parts: Parts) -> None:
        self.folder = folder
        self._parts = parts
        self._prefix = f"t{uuid.uuid4().hex[:10]}"
        private, public = new_pair()
        self.settings = Settings(
            data=folder / "data",
            token_private_key=json.dumps(private),
            token_public_keys=json.dumps(public),
            **self._given(),
        )
        (folder / "saved").mkdir()

    def _given(self) -> dict[str, Any]:
        if self._parts is None:
            return {}
        kafka, postgresql = self._parts
        for name in product.names:
            postgresql.create_database(f"{self._prefix}_{name}")
        place = f"{self._prefix}_{{service}}"
        return {
            "database_url": postgresql.url(place, user=place),
            "kafka_bootstrap_servers": kafka.bootstrap_servers,
            "kafka_prefix": f"{self._prefix}.",
        }

    @contextmanager
    def open(self, *, works: bool = True, days: int = 0) -> Iterator[Runtime]:
        """The product up to date, its workers at work unless told otherwise; at rest at the end.

        It is ``days`` later than it is.
        """
        runtime = product.runtime(self.settings)
        runtime.clock.advance(timedelta(days=days))
        try:
            runtime.migrate()
            runtime.ensure_streams()
            if works:
                runtime.start_workers()
            yield runtime
            if works:
                wait_for_rest(runtime, 100)
        finally:
            runtime.close()

    def save(self) -> None:
        """All databases, as the operator's page says; never the log."""
        for name in product.names:
            if self._parts is None:
                shutil.copy(self.settings.data / f"{name}.sqlite", self.folder / "saved")
            else:
                self._pg("pg_dump", name, "--format=custom", f"--file={self._dump(name)}")

    def restore(self) -> None:
        """Every database as it was saved."""
        for name in product.names:
            if self._parts is None:
                for file in self.settings.data.glob(f"{name}.sqlite*"):
                    file.unlink()
                shutil.copy(self.folder / "saved" / f"{name}.sqlite", self.settings.data)
                continue
            database = f"{self._prefix}_{name}"
            self._parts[1].drop_database(database)
            self._parts[1].create_database(database)
            self._pg("pg_restore", name, str(self._dump(name)))

    def _dump(self, name: str) -> Path:
        return self.folder / "saved" / f"{name}.dump"

    def _pg(self, program: str, name: str, *words: str) -> None:
        assert self._parts is not None
        database = self._parts[1].url(f"{self._prefix}_{name}")
        subprocess.run(
            [_program(program), f"--dbname={database}", *words],
            check=True,
            env={"PATH": os.environ["PATH"]},
        )

    def forget(self) -> None:
        """Remove what is not in the folder."""
        if self._parts is not None:
            for name in product.names:
                self._parts[1].drop_database(f"{self._prefix}_{name}")


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else name
