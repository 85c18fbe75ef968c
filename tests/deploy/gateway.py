"""The real gateway: nginx with the files of deploy/gateway, its host names and ports moved here."""

import os
import re
import shutil
import signal
from collections.abc import Iterable, Mapping
from pathlib import Path

from shared.testing.part import LOOPBACK, free_port
from shared.testing.parts import Nginx
from shared.testing.until import until

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "deploy" / "gateway"
PORTS = (8080, 8443, 8081)


class Gateway(Nginx):
    """nginx as Compose mounts it, in front of ``addresses``: ``{"directory-web:8000": "…"}``.

    ``mode`` is that of GATEWAY_MODE; certificates of ``tls`` are looked for in ``folder/tls``.
    ``replaced`` are pieces of text to read otherwise: a test may be in a hurry.
    """

    def __init__(
        self,
        addresses: Mapping[str, str],
        *,
        mode: str = "plain",
        replaced: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._ports = {port: free_port() for port in PORTS}
        super().__init__("", port=self._ports[8080])
        self.mode = mode
        self.addresses = dict(addresses)
        self.replaced = list(replaced)

    @property
    def https_url(self) -> str:
        return f"https://{LOOPBACK}:{self._ports[8443]}"

    @property
    def inner_url(self) -> str:
        return f"http://{LOOPBACK}:{self._ports[8081]}"

    def write(self) -> None:
        """The files of deploy/gateway, for this machine. Read again by a reload."""
        (self.folder / "tmp").mkdir(exist_ok=True)
        shutil.copytree(CONFIGURATION / "pages", self.folder / "pages", dirs_exist_ok=True)
        for source, target in (("site.conf",) * 2, (f"{self.mode}.conf", "listen.conf")):
            (self.folder / target).write_text(self.moved((CONFIGURATION / source).read_text()))
        self.configuration = self.moved((CONFIGURATION / "nginx.conf").read_text())
        if os.geteuid() == 0:
            # Its workers would become an account that may not enter a temporary folder.
            self.configuration = "user root;\n" + self.configuration
        (self.folder / "nginx.conf").write_text(self.configuration)

    def moved(self, text: str) -> str:
        for name, address in [*self.addresses.items(), *self.replaced]:
            text = text.replace(name, address)
        for port, here in self._ports.items():
            text = re.sub(rf"(listen |127\.0\.0\.1:){port}\b", rf"\g<1>{here}", text)
        # Other machines than this one do not have to reach it.
        text = re.sub(r"listen (\d+)([ ;])", rf"listen {LOOPBACK}:\1\2", text)
        return text.replace("/tmp/", f"{self.folder}/tmp/")

    def command(self) -> list[str]:
        self.write()
        return super().command()

    def reload(self) -> None:
        """Read the files again, as an administrator would have it do."""
        self.write()
        pid = self.pid
        assert pid is not None

        def workers() -> int:
            return self.log_since_start().count("start worker process ")

        before = workers()
        os.kill(pid, signal.SIGHUP)
        until(lambda: workers() > before, what="nginx reads its files again")
