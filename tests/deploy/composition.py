"""docker-compose.yml as Compose itself renders it, with an .env that deploy/make-env wrote."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COMPOSE = Path(sys.executable).parent / "docker-compose"


def make_env(target: Path) -> Path:
    """A new .env, by the script that an administrator runs."""
    done = subprocess.run(
        [ROOT / "deploy" / "make-env", target],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return target


@dataclass(frozen=True)
class Composition:
    """The file, with the variables of ``env`` and then ``extra`` in it; ``files`` go over it."""

    env: Path
    extra: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()

    @cached_property
    def _rendered(self) -> dict[str, Any]:
        files = ("docker-compose.yml", *self.files)
        done = subprocess.run(
            [
                *(COMPOSE, "--env-file", self.env, "--project-directory", ROOT),
                *(part for file in files for part in ("--file", ROOT / file)),
                *("--profile", "*"),
                *("config", "--format", "json"),
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={"PATH": os.environ["PATH"], **dict(self.extra)},
        )
        assert done.returncode == 0, done.stderr
        rendered: dict[str, Any] = json.loads(done.stdout)
        return rendered

    @property
    def services(self) -> dict[str, Any]:
        """Every service of the file, of all profiles."""
        return dict(self._rendered["services"])

    @property
    def networks(self) -> dict[str, Any]:
        return dict(self._rendered["networks"])

    def environment(self, name: str) -> dict[str, str]:
        """The environment of a service, as its container would have it."""
        given = self.services[name].get("environment") or {}
        # Compose writes a dollar twice in what it renders.
        return {key: str(value).replace("$$", "$") for key, value in given.items()}
