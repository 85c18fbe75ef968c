"""What is read in decision."""

from services.decision.queries.advice import (
    LINK,
    advice_card,
    advice_of_link,
    advice_to_send,
    advices_asked,
    advices_count,
)
from services.decision.queries.cards import (
    cards_given,
)
from services.decision.queries.electors import (
    _who_may_vote,
)
from services.decision.queries.ideas import (
    idea_card,
    who_may_be_asked,
)
from services.decision.queries.labels import (
    ASKED_OF,
    CALLS,
    COLLEGE_NAMES,
    IDEA_STATES,
    IN_A_ROOM,
    METHOD_NAMES,
    NO_QUORUM_NAMES,
    OPINIONS,
    OUTCOMES,
    ROUND_STATES,
    TIE_NAMES,
    VOTE_STATES,
    WAYS,
)
from services.decision.queries.minutes import (
    _minutes_of,
)
from services.decision.queries.public import (
    _open_vote_of_code,
    _round_of_code,
    round_by_code,
)
from services.decision.queries.rounds import (
    my_rounds,
    round_card,
    votes_count,
    votes_to_cast,
)
from services.decision.queries.scopes import (
    READERS,
    _desk_of_vote,
    _scope_of_advice,
    _scope_of_asked,
    _scope_of_charter,
    _scope_of_committee,
    _scope_of_count,
    _scope_of_idea,
    _scope_of_round,
    _scope_of_vote,
)
from services.decision.queries.votes import (
    attendance,
    ballots_of,
    charter_card,
    charter_of_round,
    count_card,
    minutes_file,
    open_votes_to_type,
    result,
    vote_card,
)

__all__ = [
    "ASKED_OF",
    "CALLS",
    "COLLEGE_NAMES",
    "IDEA_STATES",
    "IN_A_ROOM",
    "LINK",
    "METHOD_NAMES",
    "NO_QUORUM_NAMES",
    "OPINIONS",
    "OUTCOMES",
    "READERS",
    "ROUND_STATES",
    "TIE_NAMES",
    "VOTE_STATES",
    "WAYS",
    "_desk_of_vote",
    "_minutes_of",
    "_open_vote_of_code",
    "_round_of_code",
    "_scope_of_advice",
    "_scope_of_asked",
    "_scope_of_charter",
    "_scope_of_committee",
    "_scope_of_count",
    "_scope_of_idea",
    "_scope_of_round",
    "_scope_of_vote",
    "_who_may_vote",
    "advice_card",
    "advice_of_link",
    "advice_to_send",
    "advices_asked",
    "advices_count",
    "attendance",
    "ballots_of",
    "cards_given",
    "charter_card",
    "charter_of_round",
    "count_card",
    "idea_card",
    "minutes_file",
    "my_rounds",
    "open_votes_to_type",
    "result",
    "round_by_code",
    "round_card",
    "vote_card",
    "votes_count",
    "votes_to_cast",
    "who_may_be_asked",
]
