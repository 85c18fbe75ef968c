"""What slack means on a board: late, soon, calm; and how long a silence is."""

SOON = 5
QUIET_DAYS = 30


def level(days: int | None) -> str:
    """``late``, ``soon`` (five working days or less), ``calm``, or ``unknown`` without a date."""
    if days is None:
        return "unknown"
    if days < 0:
        return "late"
    return "soon" if days <= SOON else "calm"
