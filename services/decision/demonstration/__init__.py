"""What the invented committees chose, on the days of their road; some are choosing today."""

from services.decision.demonstration.choosing import STORY
from services.decision.demonstration.support import idea_id
from services.directory.demonstration import action_id

__all__ = ["STORY", "action_id", "idea_id"]
