"""Somebody with a browser: keeps cookies, sends forms, sees redirections. Standard library only."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit


@dataclass(frozen=True)
class Answer:
    """What came back; ``path`` is where it came from, after redirections."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    path: str

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Visitor:
    """One browser, at one address."""

    def __init__(self, url: str, timeout: float = 30.0) -> None:
        self.url = url
        self.timeout = timeout
        self.cookies: dict[str, str] = {}
        # Where it asks from: on the loopback, everybody may choose.
        self.address = "127.0.0.1"

    def get(self, path: str, *, follow: bool = True, **headers: str) -> Answer:
        return self.ask("GET", path, follow=follow, headers=_named(headers))

    def post(
        self, path: str, fields: Mapping[str, Any] | None = None, *, follow: bool = True
    ) -> Answer:
        """Send a form, as a page of the same site does."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
        }
        body = urlencode(list((fields or {}).items()), doseq=True).encode()
        return self.ask("POST", path, body=body, headers=headers, follow=follow)

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        follow: bool = True,
    ) -> Answer:
        answer, cookies = self.send(method, path, body, {**self._cookie(), **(headers or {})})
        self._remember(cookies)
        if follow and answer.status in (301, 302, 303) and "Location" in answer.headers:
            target = urlsplit(urljoin(self.url + path, answer.headers["Location"]))
            return self.get(target.path + (f"?{target.query}" if target.query else ""))
        return answer

    def send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[Answer, list[str]]:
        """One request on a connection of its own: the answer, and the cookies it sets."""
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(
            str(address.hostname),
            address.port,
            timeout=self.timeout,
            source_address=(self.address, 0),
        )
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            response = connection.getresponse()
            answer = Answer(response.status, dict(response.headers), response.read(), path)
            return answer, response.headers.get_all("Set-Cookie") or []
        finally:
            connection.close()

    def _cookie(self) -> dict[str, str]:
        if not self.cookies:
            return {}
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def _remember(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.coded_value
                else:
                    self.cookies.pop(name, None)


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
