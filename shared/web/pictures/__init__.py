"""Pictures drawn by the server: pure functions from plain values to the markup of an SVG.

Colours come from the classes of ``rk.css``, hatches from ``definitions``, which the page shell
writes once. An SVG shape prints, where a coloured ground would not. Every picture stands beside
its words or its table: nothing is said by a shape alone.
"""

from shared.web.pictures.bars import Kind, Part, capacity_bar, stacked_bar, swatch
from shared.web.pictures.blocks import step_blocks
from shared.web.pictures.codes import qr_code
from shared.web.pictures.shapes import definitions, mark
from shared.web.pictures.threads import Row, thread

__all__ = [
    "Kind",
    "Part",
    "Row",
    "capacity_bar",
    "definitions",
    "mark",
    "qr_code",
    "stacked_bar",
    "step_blocks",
    "swatch",
    "thread",
]
