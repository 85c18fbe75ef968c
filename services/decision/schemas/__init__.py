"""What forms and programs send to decision, and what programs read."""

from services.decision.schemas.asked import (
    Adoption,
    Advice,
    AdviceByLink,
    Annulment,
    Aside,
    BallotCast,
    CardBallot,
    CardNumber,
    CardWanted,
    CharterRules,
    CountEntered,
    CountTyped,
    IdeaOfResident,
    IdeaSaid,
    IdeaSaidAgain,
    InterestSaid,
    Merge,
    NewRound,
    NextRound,
    Question,
    RoundsSought,
    Support,
    Until,
)
from services.decision.schemas.shown import (
    Advices,
    AdviceShown,
    IdeaFull,
    PublicRound,
    Result,
    RoundFull,
    Rounds,
)
from services.decision.schemas.voted import (
    Attendance,
    Ballots,
    CardGiven,
    CharterShown,
    Hash,
    Secret,
    VoteShown,
)

__all__ = [
    "Adoption", "Advice", "AdviceByLink", "AdviceShown", "Advices", "Annulment", "Aside",
    "Attendance", "BallotCast", "Ballots", "CardBallot", "CardGiven", "CardNumber", "CardWanted",
    "CharterRules", "CharterShown", "CountEntered", "CountTyped", "Hash", "IdeaFull",
    "IdeaOfResident", "IdeaSaid", "IdeaSaidAgain", "InterestSaid", "Merge", "NewRound",
    "NextRound", "PublicRound", "Question", "Result", "RoundFull", "Rounds", "RoundsSought",
    "Secret", "Support", "Until", "VoteShown",
]  # fmt: skip
