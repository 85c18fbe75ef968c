"""A client of the API that does not give up: the same request, under the same key, until answered."""

import http.client
import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from shared.testing.until import until
from tests.journeys.visitor import Answer, Visitor

AWAY = frozenset({502, 503})
PATIENCE = 120.0


class Program:
    """What one person's program asks; every refusal is an AssertionError with its text."""

    def __init__(self, visitor: Visitor, patience: float = PATIENCE) -> None:
        self.visitor = visitor
        self.patience = patience

    def ask(self, path: str) -> Any:
        """GET of the API."""
        return self._said(lambda: self.visitor.get(path)).json

    def page(self, path: str) -> str:
        """GET of a page."""
        return self._said(lambda: self.visitor.get(path)).text

    def tell(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any],
        version: int | None = None,
        *,
        unless: int = 0,
    ) -> Any:
        """A command, done once however often it is sent; ``unless`` is a refusal that will do."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        sent = json.dumps(body).encode()
        answer = self._said(
            lambda: self.visitor.ask(method, path, body=sent, headers=headers, follow=False),
            unless,
        )
        return answer.json if answer.body else None

    def fill(self, path: str, fields: Mapping[str, str], *, unless: int = 0) -> str:
        """A form, as a page sends it; the text of the page that follows."""
        given = {"idempotency_key": str(uuid4()), **fields}
        return self._said(lambda: self.visitor.post(path, given), unless).text

    def upload(self, path: str, fields: Mapping[str, str], file: tuple[str, bytes]) -> None:
        """A form with a file, as a page sends it; its key is in the form."""
        boundary = uuid4().hex
        given = {**fields, "idempotency_key": str(uuid4())}
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in given.items()
        ]
        parts.append(
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = "".join(parts).encode() + file[1] + f"\r\n--{boundary}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Sec-Fetch-Site": "same-origin",
        }
        answer = self._said(
            lambda: self.visitor.ask("POST", path, body=body, headers=headers, follow=False)
        )
        assert answer.status == 303, answer.text

    def _said(self, send: Callable[[], Answer], unless: int = 0) -> Answer:
        def attempt() -> Answer | None:
            try:
                answer = send()
            except (OSError, http.client.HTTPException):
                return None
            return None if answer.status in AWAY else answer

        answer: Answer = until(attempt, self.patience, "an answer")
        done = answer.status < 400 or answer.status == unless
        assert done, f"{answer.status} {answer.path}: {answer.text}"
        return answer
