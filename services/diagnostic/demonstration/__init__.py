"""What the invented neighbourhoods say, on the days of the road of each committee."""

from services.diagnostic.demonstration.telling import (
    STORY,
    diagnostic_id,
    need_id,
    needs_of,
)

__all__ = ["STORY", "diagnostic_id", "need_id", "needs_of"]
