"""Small blocks: where something stands on a path, in one line of a table."""

from collections.abc import Collection

from markupsafe import Markup

from shared.web.pictures.shapes import unknown


def step_blocks(current: int | None, total: int, also: Collection[int] = ()) -> Markup:
    """One block a step, counted from 1: done small and grey, current tall, to come outlined.

    ``also`` are steps under way beside the current one. ``total + 1`` means that all are done. The
    name of the step stands beside it, so the picture itself is silent.
    """
    if current is None:
        return unknown("inconnue")
    blocks = "".join(_block(place, current, place in also) for place in range(1, total + 1))
    return Markup(  # noqa: S704 - made of numbers and constants
        f'<svg class="rk-blocks" width="{total * 9}" height="16" aria-hidden="true" '
        f'focusable="false">{blocks}</svg>'
    )


def _block(place: int, current: int, also: bool) -> str:
    x = (place - 1) * 9
    if place == current:
        return f'<rect class="rk-f-ink" x="{x}" y="0" width="7" height="16"/>'
    if also:
        return f'<rect class="rk-f-ring" x="{x + 1}" y="4" width="5" height="8"/>'
    if place < current:
        return f'<rect class="rk-f-mid" x="{x}" y="5" width="7" height="7"/>'
    return f'<rect class="rk-f-open" x="{x + 0.5}" y="5.5" width="6" height="6"/>'
