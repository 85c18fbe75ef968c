"""One nginx."""

import re
from pathlib import Path

from shared.testing.part import LOOPBACK, Part, port_answers
from shared.testing.parts.program import program


class Nginx(Part):
    """nginx with a configuration given as text, listening on ``port``.

    Relative paths in it are inside ``folder``. Where it does not say so itself, it runs in the
    foreground, keeps its process id in the folder and writes errors to its log.
    """

    name = "nginx"

    def __init__(
        self,
        configuration: str,
        *,
        port: int,
        owner: int | None = None,
        folder: Path | None = None,
    ) -> None:
        super().__init__(owner=owner, folder=folder, port=port)
        self.configuration = configuration

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def command(self) -> list[str]:
        file = self.folder / "nginx.conf"
        file.write_text(self.configuration)
        unsaid = {
            "daemon": "off",
            "pid": str(self.folder / "nginx.pid"),
            "error_log": "stderr notice",
        }
        directives = " ".join(
            f"{name} {value};"
            for name, value in unsaid.items()
            if not re.search(rf"^\s*{name}\s", self.configuration, re.MULTILINE)
        )
        nginx = program("nginx", install="nginx")
        prefix = f"{self.folder}/"
        return [nginx, "-p", prefix, "-c", str(file), "-e", "stderr", "-g", directives]

    def is_ready(self) -> bool:
        return port_answers(self.port)
