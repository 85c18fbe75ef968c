"""What may be done in decision; one function is one transaction."""

from services.decision.commands.advice import (
    advice_overdue,
    ask_advice,
    give_advice,
    give_advice_by_link,
    issue_advice_link,
    remind_advice,
)
from services.decision.commands.ballots import (
    cast_ballot,
    cast_card_ballot,
    confirm_count,
    drop_count,
    enter_count,
)
from services.decision.commands.cards import (
    give_card,
    withdraw_card,
)
from services.decision.commands.charters import (
    adopt_charter,
    change_charter,
    prepare_charter,
)
from services.decision.commands.ideas import (
    back_as_resident,
    back_idea,
    change_idea,
    declare_interest,
    merge_ideas,
    propose_as_resident,
    propose_idea,
    set_idea_aside,
    show_idea,
)
from services.decision.commands.minutes import (
    write_minutes,
)
from services.decision.commands.rounds import (
    annul_choice,
    end_ideas,
    move_ideas_end,
    open_another_round,
    open_round_from_diagnostic,
    open_round_without_diagnostic,
)
from services.decision.commands.votes import (
    begin_vote,
    close_vote,
    end_vote,
    open_vote,
)

__all__ = [
    "adopt_charter",
    "advice_overdue",
    "annul_choice",
    "ask_advice",
    "back_as_resident",
    "back_idea",
    "begin_vote",
    "cast_ballot",
    "cast_card_ballot",
    "change_charter",
    "change_idea",
    "close_vote",
    "confirm_count",
    "declare_interest",
    "drop_count",
    "end_ideas",
    "end_vote",
    "enter_count",
    "give_advice",
    "give_advice_by_link",
    "give_card",
    "issue_advice_link",
    "merge_ideas",
    "move_ideas_end",
    "open_another_round",
    "open_round_from_diagnostic",
    "open_round_without_diagnostic",
    "open_vote",
    "prepare_charter",
    "propose_as_resident",
    "propose_idea",
    "remind_advice",
    "set_idea_aside",
    "show_idea",
    "withdraw_card",
    "write_minutes",
]
