"""What counting says."""

from dataclasses import dataclass

from tests.shared.sample.telling.events import Told


@dataclass(frozen=True, kw_only=True)
class TallyRaised(Told):
    lines: int
