"""How states and rules are said on pages and in documents."""

from services.decision.events import AskedOf, Method, NoQuorum, Opinion, Outcome, TieRule
from services.decision.model import (
    Call,
    College,
    IdeaState,
    RoundState,
    VoteState,
    Way,
)

ROUND_STATES = {
    RoundState.IDEAS: "Idées",
    RoundState.VOTE: "Vote",
    RoundState.CHOSEN: "Action choisie",
    RoundState.GIVEN_UP: "Rien de choisi",
    RoundState.ANNULLED: "Choix annulé",
}
IDEA_STATES = {
    IdeaState.WAITING: "À regarder",
    IdeaState.SHOWN: "Sur la liste",
    IdeaState.MERGED: "Réunie à une autre",
    IdeaState.SET_ASIDE: "Mise de côté",
}
VOTE_STATES = {VoteState.OPEN: "Ouvert", VoteState.CLOSED: "Clos"}
OUTCOMES = {
    Outcome.CHOSEN: "Une action est choisie",
    Outcome.NO_QUORUM: "Rien n’est choisi par ce vote",
    Outcome.TIE: "Égalité en tête",
}
CALLS = {
    Call.FIRST: "Vote",
    Call.SECOND: "Second appel",
    Call.RUN_OFF: "Second tour",
}
WAYS = {Way.WEB: "en ligne", Way.HANDS: "à main levée", Way.PAPER: "sur papier"}
IN_A_ROOM = {Way.HANDS: "À main levée", Way.PAPER: "Bulletins de papier"}
ASKED_OF = {
    AskedOf.DEPARTMENT: "Un service de la Ville",
    AskedOf.ELU: "Un·e élu·e",
    AskedOf.RELAY: "Un relais du quartier",
}
OPINIONS = {
    Opinion.FAVOURABLE: "D’accord",
    Opinion.WITH_CONDITIONS: "D’accord, à des conditions",
    Opinion.UNFAVOURABLE: "Pas d’accord",
}
COLLEGE_NAMES = {
    College.MEMBERS: "Membres du comité",
    College.ELUS: "Élu·es",
    College.SERVICES: "Services de la Ville",
    College.RESIDENTS: "Habitantes et habitants, avec une carte",
    College.RELAYS: "Relais, avec une carte",
}
METHOD_NAMES = {
    Method.PLURALITY: "Une seule idée par personne",
    Method.APPROVAL: "Toutes les idées qui conviennent",
}
NO_QUORUM_NAMES = {
    NoQuorum.EXTEND_ONCE: "Le vote est prolongé, une seule fois",
    NoQuorum.SECOND_CALL: "Un second appel, sans quorum",
    NoQuorum.GIVE_UP: "Le vote ne choisit rien",
}
TIE_NAMES = {
    TieRule.RUN_OFF: "Un second tour entre elles",
    TieRule.HEAVIEST_NEED: "Celle qui répond au besoin le plus lourd",
    TieRule.DRAW: "Un tirage, que chacun peut refaire",
}
