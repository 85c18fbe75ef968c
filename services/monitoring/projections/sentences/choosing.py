"""What diagnostic and decision say: needs, ideas, advice, the vote, the action."""

from services.decision import events as decision
from services.decision.events import Opinion, Outcome
from services.diagnostic import events as diagnostic
from services.monitoring.projections.sentences.saying import COLON, because, sentence
from shared.web.formats import day, plural

OPINIONS = {
    Opinion.FAVOURABLE: "avis favorable",
    Opinion.WITH_CONDITIONS: "avis favorable sous conditions",
    Opinion.UNFAVOURABLE: "avis défavorable",
}


@sentence.register
def _survey_opened(e: diagnostic.SurveyOpened) -> str:
    return f"Écoute ouverte jusqu’au {day(e.closes_on, weekday=False)}{COLON} {e.title}"


@sentence.register
def _survey_closed(e: diagnostic.SurveyClosed) -> str:
    return f"Écoute close{COLON} {plural(e.answers, 'réponse')}"


@sentence.register
def _diagnostic_published(e: diagnostic.DiagnosticPublished) -> str:
    needs = plural(len(e.needs), "besoin")
    return f"État des lieux publié{COLON} {needs}, {plural(e.answers, 'réponse')}"


@sentence.register
def _ideas_opened(e: decision.IdeasOpened) -> str:
    without = (
        f", sans état des lieux{because(e.why_without_diagnostic)}"
        if e.why_without_diagnostic
        else ""
    )
    return f"Recueil d’idées ouvert jusqu’au {day(e.until, weekday=False)}{without}"


@sentence.register
def _advice_asked(e: decision.AdviceAsked) -> str:
    return f"Avis demandé sur « {e.idea} »{_of(e.asked)}"


@sentence.register
def _condition_declared(e: decision.ConditionDeclared) -> str:
    conditions = because(e.condition.conditions or e.condition.capacity)
    return f"{e.asked or 'La personne sollicitée'} dit ses conditions{conditions}"


@sentence.register
def _advice_given(e: decision.AdviceGiven) -> str:
    return f"{e.asked or 'Élu·e'}, {OPINIONS[e.opinion]}{because(e.why)}"


@sentence.register
def _charter_adopted(e: decision.CharterAdopted) -> str:
    return f"Charte de vote adoptée et figée, quorum {e.quorum_percent} %"


@sentence.register
def _vote_opened(e: decision.VoteOpened) -> str:
    call = " (second tour)" if e.call > 1 else ""
    return f"Vote ouvert{call}{COLON} {plural(len(e.options), 'idée')}, {_electors(e.electors)}"


@sentence.register
def _vote_closed(e: decision.VoteClosed) -> str:
    ends = {
        Outcome.CHOSEN: "quorum atteint",
        Outcome.NO_QUORUM: "quorum non atteint",
        Outcome.TIE: "égalité en tête",
    }
    return f"Vote clos{COLON} {e.voted} sur {_electors(e.electors)}, {ends[e.outcome]}"


@sentence.register
def _action_chosen(e: decision.ActionChosen) -> str:
    return f"Action choisie{COLON} {e.title}"


@sentence.register
def _choice_annulled(e: decision.ChoiceAnnulled) -> str:
    return f"Choix annulé{because(e.why)}"


def _of(asked: str) -> str:
    return f"{COLON} {asked}" if asked else ""


def _electors(count: int) -> str:
    return plural(count, "personne inscrite", "personnes inscrites")
