"""What stands around the gateway in its tests: services that tell what they got, a certificate."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.deploy.gateway import Gateway

LOOPBACK = ip_address("127.0.0.1")


class Upstream:
    """A service at the other end: tells what it received; ``token`` requests are counted."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked: list[str] = []
        self.failing = 0
        self.port = 0
        self.open()

    def open(self) -> None:
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                upstream.answer(self, self.rfile.read(length))

            do_POST = do_GET  # noqa: N815 - its given name

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        if request.path == "/directory/session/token":
            cookie = request.headers.get("Cookie", "")
            self.asked.append(cookie)
            request.send_response(self.failing or 204)
            if "known" in cookie and not self.failing:
                request.send_header("X-RK-Token", f"token-of-{cookie.partition('=')[2]}")
            request.send_header("Cache-Control", "private, no-store")
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        said = {
            "service": self.name,
            "path": request.path,
            "headers": {name.lower(): value for name, value in request.headers.items()},
            "bytes": len(body),
        }
        sent = json.dumps(said).encode()
        request.send_response(500 if "broken" in request.path else 200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Security-Policy", "default-src 'none'")
        request.send_header("X-RK-Token", "never for a browser")
        request.send_header("Content-Length", str(len(sent)))
        request.end_headers()
        request.wfile.write(sent)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def certificate(gateway: Gateway) -> None:
    """One that signs itself, for the loopback."""
    folder = gateway.folder / "tls"
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today)
        .not_valid_after(today + timedelta(days=365 * 50))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(LOOPBACK)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "privkey.pem").write_bytes(key.private_bytes(*form))
