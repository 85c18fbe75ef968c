"""Templates compiled once: for all services of a process, and for its next start."""

from pathlib import Path
from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache, FileSystemBytecodeCache

_known: dict[str, tuple[str, CodeType]] = {}
"""By template: of which text it is the code. The shell is the same in every service."""


class Compiled(BytecodeCache):
    """What jinja asks before it compiles a template, and tells after.

    With a ``folder`` the code stays there, as Python's own does beside its modules; a template
    whose text has changed is compiled again.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._files = None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._files = FileSystemBytecodeCache(str(folder), "%s.jinja")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give ``bucket`` its code where it is known."""
        checksum, code = _known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
        elif self._files is not None:
            self._files.load_bytecode(bucket)
            _remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of ``bucket``."""
        _remember(bucket)
        if self._files is not None:
            self._files.dump_bytecode(bucket)


def _remember(bucket: Bucket) -> None:
    if bucket.code is not None:
        _known[bucket.key] = (bucket.checksum, bucket.code)
