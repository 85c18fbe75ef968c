"""Files, named by the hash of their bytes, durable before the commit that cites them."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Protocol

from shared.kernel.event import FileRef
from shared.kernel.refusals import NotFound


class Files(Protocol):
    """A store of bytes under the prefix of the service that owns them."""

    def put(self, data: bytes, media_type: str) -> FileRef:
        """Keep ``data``, on disk when this returns; the same bytes twice are kept once."""

    def open(self, ref: FileRef) -> bytes:
        """The bytes of ``ref``, checked against their hash; NotFound when they are gone."""

    def delete(self, ref: FileRef) -> None:
        """Erase the bytes of ``ref``; only the owner does, and says so."""


class FolderFiles:
    """Files in a folder: ``<root>/<owner>/<first two digits>/<sha256>``.

    Any service may open what another owns (after its own check of rights); only ``owner`` writes.
    """

    def __init__(self, root: Path, owner: str) -> None:
        self._root = root
        self._owner = owner

    def _path(self, owner: str, sha256: str) -> Path:
        if not (owner.isidentifier() and len(sha256) == 64 and sha256.isalnum()):
            raise NotFound("Ce fichier n’existe pas.")
        return self._root / owner / sha256[:2] / sha256

    def put(self, data: bytes, media_type: str) -> FileRef:
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(self._owner, digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        return FileRef(owner=self._owner, sha256=digest, size=len(data), media_type=media_type)

    def open(self, ref: FileRef) -> bytes:
        try:
            data = self._path(ref.owner, ref.sha256).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("Ce fichier n’existe plus.") from error
        if hashlib.sha256(data).hexdigest() != ref.sha256:
            raise NotFound("Ce fichier est abîmé : demandez à le déposer de nouveau.")
        return data

    def delete(self, ref: FileRef) -> None:
        if ref.owner == self._owner:
            self._path(ref.owner, ref.sha256).unlink(missing_ok=True)
