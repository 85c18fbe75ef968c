"""What people send as files: typed by their bytes, never by their name."""

from shared.kernel.refusals import Invalid

MOST_BYTES = 10_000_000
_MAGIC = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}


class FileNotAccepted(Invalid):
    """Only PDF, JPEG and PNG files of a reasonable size are kept."""


def media_type_of(data: bytes) -> str:
    """The type of a file by what it begins with; refuses any other, and what is too large."""
    for magic, media_type in _MAGIC.items():
        if data.startswith(magic):
            if len(data) > MOST_BYTES:
                break
            return media_type
    text = "Déposez un fichier PDF, JPEG ou PNG de dix mégaoctets au plus."
    raise FileNotAccepted(text, fields={"file": text})
