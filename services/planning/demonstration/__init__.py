"""Plans of the invented committees, on the days of their road: adopted, moved, held, closed."""

from services.planning.demonstration.telling import STORY, day_of

__all__ = ["STORY", "day_of"]
