"""The few files a browser is given, at addresses that change when their content does.

``Assets`` is a manifest (a name, where its file is) that answers ``url(name)`` for the templates
and serves ``<base>/<hash>/<name>``, as a Flask blueprint or as a WSGI application to mount once
beside all services. A browser keeps such a file for a year without asking again. Files are read,
hashed and compressed when first asked for, then kept in memory.
"""

import gzip
import hashlib
import importlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, request
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

OWN = Path(__file__).parent / "static"
ROOT = Path(__file__).parents[2]
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
FOR_EVER = "public, max-age=31536000, immutable"


class AssetMissing(Exception):
    """A file of the manifest is not there."""


class UnknownAsset(KeyError):
    """No file of that name in the manifest: a template has a typing mistake."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to be sent."""

    name: str
    digest: str
    media_type: str
    bodies: Mapping[str, bytes]  # by content encoding; "identity" is always there


def manifest(root: Path = ROOT) -> dict[str, Path]:
    """Every file served: our own static folder, and what npm installed under ``root``."""
    packages = root / "node_modules"
    return {
        "rk.css": OWN / "rk.css",
        "icons.svg": OWN / "icons.svg",
        "mark.svg": OWN / "mark.svg",
        "bootstrap.css": packages / "bootstrap" / "dist" / "css" / "bootstrap.min.css",
        "htmx.js": packages / "htmx.org" / "dist" / "htmx.min.js",
    }


class Assets:
    """The manifest at work. Thread-safe; nothing is read before it is asked for."""

    def __init__(self, files: Mapping[str, Path] | None = None, base: str = "/static") -> None:
        self._files = dict(manifest() if files is None else files)
        self.base = base.rstrip("/")
        self._ready: dict[str, Asset] = {}
        self._lock = threading.Lock()

    def add(self, files: Mapping[str, Path]) -> None:
        """More files, from whoever has some of their own; a name is taken only once."""
        taken = self._files.keys() & files.keys()
        if taken:
            raise ValueError(f"already in the manifest: {', '.join(sorted(taken))}")
        self._files.update(files)

    def missing(self) -> list[str]:
        """One sentence for each file that is not there; to be printed when the process starts."""
        return [_absent(name, path) for name, path in self._files.items() if not path.is_file()]

    def url(self, name: str) -> str:
        """The address of a file; templates know this function as ``asset_url``."""
        return f"{self.base}/{self.get(name).digest}/{name}"

    def get(self, name: str) -> Asset:
        """The file, read and compressed once."""
        asset = self._ready.get(name)
        if asset is None:
            with self._lock:
                asset = self._ready.get(name) or self._read(name)
                self._ready[name] = asset
        return asset

    def _read(self, name: str) -> Asset:
        try:
            path = self._files[name]
        except KeyError:
            raise UnknownAsset(f"{name} is not in the manifest of assets") from None
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise AssetMissing(_absent(name, path)) from None
        return Asset(
            name=name,
            digest=hashlib.sha256(content).hexdigest()[:12],
            media_type=MEDIA_TYPES.get(path.suffix, "application/octet-stream"),
            bodies=_encodings(content),
        )

    def answer(self, request: Request, digest: str, name: str) -> Response:
        """The file as an answer.

        An address of another release still gets the current file, but is not to be kept: two
        releases may run side by side for a minute.
        """
        try:
            asset = self.get(name)
        except UnknownAsset:
            return Response("Ce fichier n’existe pas.\n", 404, mimetype="text/plain")
        except AssetMissing as sentence:
            return Response(f"{sentence}\n", 503, mimetype="text/plain")
        encoding = _chosen(request.accept_encodings.values(), asset.bodies)
        answer = Response(asset.bodies[encoding], content_type=asset.media_type)
        if encoding != "identity":
            answer.headers["Content-Encoding"] = encoding
        answer.headers["Vary"] = "Accept-Encoding"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = FOR_EVER if digest == asset.digest else "no-cache"
        answer.set_etag(f"{asset.digest}-{encoding}")
        return answer.make_conditional(request)

    def blueprint(self) -> Blueprint:
        """To register in one Flask application; it answers under ``base``."""
        pages = Blueprint("assets", __name__, url_prefix=self.base)

        def file(digest: str, name: str) -> Response:
            return self.answer(request, digest, name)

        pages.add_url_rule("/<digest>/<path:name>", view_func=file)
        return pages

    def wsgi(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """A WSGI application: mount it once, at ``base``, beside several applications."""
        asked = Request(environ)
        digest, _, name = asked.path.strip("/").partition("/")
        return self.answer(asked, digest, name)(environ, start_response)


def _absent(name: str, path: Path) -> str:
    folder = next((parent for parent in path.parents if parent.name == "node_modules"), None)
    if folder is None:
        return f"Le fichier {name} manque : {path.name} n’est pas dans {path.parent.name}."
    package = path.relative_to(folder).parts[0]
    return (
        f"Le fichier {name} manque : il vient du paquet {package}. "
        f"Lancez « npm ci » à la racine du projet, puis relancez."
    )


def _encodings(content: bytes) -> dict[str, bytes]:
    """What to send to whom; a compressed form is kept only when it is smaller."""
    forms = {"identity": content, "gzip": gzip.compress(content, 9, mtime=0)}
    brotli = _brotli()
    if brotli is not None:
        forms["br"] = brotli.compress(content)
    return {
        name: body for name, body in forms.items() if name == "identity" or len(body) < len(content)
    }


def _brotli() -> Any:
    """The brotli module where it happens to be installed; gzip is enough elsewhere."""
    try:
        return importlib.import_module("brotli")
    except ImportError:
        return None


def _chosen(accepted: Iterable[str], bodies: Mapping[str, bytes]) -> str:
    """The smallest form that the browser understands."""
    wanted = {name.lower() for name in accepted}
    usable = [name for name in bodies if name == "identity" or name in wanted]
    return min(usable, key=lambda name: len(bodies[name]))
