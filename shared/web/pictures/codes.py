"""A QR code to print or to show, as the markup of an SVG with its words."""

import segno
from markupsafe import Markup


def qr_code(address: str, title: str, size: int = 4) -> Markup:
    """The QR code of ``address``; ``title`` says where it leads, ``size`` is a module in pixels."""
    code = segno.make(address, error="m", micro=False)
    return Markup(  # noqa: S704 - segno escapes the title
        code.svg_inline(
            scale=size, border=4, title=title, light="#fff", dark="#000", svgclass="rk-qr"
        )
    )
