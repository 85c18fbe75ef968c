"""What all pictures share: figures written short, the hatches, the mark."""

import math

from markupsafe import Markup

from shared.web.formats import UNKNOWN


def figure(value: float) -> str:
    """A coordinate with at most two decimals and no useless zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def unknown(text: str = UNKNOWN) -> Markup:
    """No picture can show what is not known: a word does."""
    return Markup('<span class="rk-unknown">{}</span>').format(text)


_HATCH = (
    '<pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="rk-f-ground" width="6" height="6"/>'
    '<rect class="{ink}" width="3" height="6"/></pattern>'
)


def definitions() -> Markup:
    """The two hatches, once a page: a pattern must be in the document whose shapes use it."""
    hatches = _HATCH.format(id="rk-hatch", ink="rk-f-mid")
    hatches += _HATCH.format(id="rk-hatch-over", ink="rk-f-bad")
    return Markup(  # noqa: S704 - made of constants
        '<svg class="rk-defs" width="0" height="0" aria-hidden="true" focusable="false">'
        f"<defs>{hatches}</defs></svg>"
    )


def mark(size: int = 28) -> Markup:
    """Eight dots in a ring; the teal one speaks."""
    dots = []
    for place in range(8):
        angle = math.radians(place * 45)
        x, y = 14 + 10 * math.sin(angle), 14 - 10 * math.cos(angle)
        speaks = place == 1
        dots.append(
            f'<circle class="{"rk-f-accent" if speaks else "rk-f-ink"}" '
            f'cx="{figure(x)}" cy="{figure(y)}" r="{"3.4" if speaks else "2.6"}"/>'
        )
    return Markup(  # noqa: S704 - made of numbers
        f'<svg class="rk-mark" width="{int(size)}" height="{int(size)}" viewBox="0 0 28 28" '
        f'aria-hidden="true" focusable="false">{"".join(dots)}</svg>'
    )
