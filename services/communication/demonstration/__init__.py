"""What the invented committees print and hand out, and how the workshop's weeks fill."""

from services.communication.demonstration.telling import STORY, cast

__all__ = ["STORY", "cast"]
