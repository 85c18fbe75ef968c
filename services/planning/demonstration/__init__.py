"""Plans of the invented committees, on the days of their road: adopted, moved, held, closed."""

from services.planning.demonstration.said import PRINTS
from services.planning.demonstration.telling import STORY, day_of, prints_of

__all__ = ["PRINTS", "STORY", "day_of", "prints_of"]
