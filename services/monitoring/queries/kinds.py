"""What may be awaited: how it is said, and where it is done."""

from typing import Any, NamedTuple

from services.monitoring.queries.words import STEPS

Row = dict[str, Any]


class Kind(NamedTuple):
    """The words of a thing that is awaited, in the infinitive, and the page where it is done."""

    words: str
    page: str
    named: bool = False
    """Whether its title says more than these words, as that of a task does."""
    followed: str = ""
    """The page for those who follow it, where the other is only for the one who does it."""


_PURCHASE = "/procurement/achats/{subject}"
_PRINT = "/communication/demandes/{subject}"
_TASK = "/planning/taches/{subject}"
_NEED = "/planning/besoins/{subject}"
_ROUND = "/decision/tours/{leg}"

KINDS: dict[str, Kind] = {
    "listen": Kind("Écouter le quartier", "/diagnostic/ecoutes/{subject}"),
    "publish": Kind("Publier l’état des lieux", "/diagnostic/ecoutes/{subject}/publier"),
    "adopt-charter": Kind("Recueillir les idées, adopter la charte", _ROUND),
    "advice": Kind("Donner un avis", "/decision/avis/{subject}", followed=_ROUND),
    "open-vote": Kind("Ouvrir le vote", _ROUND),
    "vote": Kind("Voter", "/decision/votes/{subject}"),
    "follow-up": Kind("Décider de la suite du vote", _ROUND),
    "choose-again": Kind("Choisir une autre action", _ROUND),
    "adopt-plan": Kind("Adopter le plan", "/planning/actions/{leg}/adopter"),
    "send-needs": Kind("Dire les besoins", "/planning/actions/{leg}/besoins"),
    "hold-day": Kind("Tenir le Jour J", "/planning/actions/{leg}/journee"),
    "review": Kind("Faire le bilan", "/planning/actions/{leg}/bilan"),
    "close-action": Kind("Clore l’action", "/planning/actions/{leg}/cloture"),
    "task": Kind("Faire une tâche", _TASK, named=True),
    "task-free": Kind("Trouver qui fait une tâche", _TASK),
    "service-answer": Kind("Répondre au comité", _NEED),
    "relay-answer": Kind("Répondre au comité", _NEED),
    "relay-talk": Kind("En reparler avec le relais", _NEED),
    "other-way": Kind("Trouver une autre solution", _NEED),
    "adopt-strategy": Kind(
        "Adopter la stratégie de communication", "/communication/campagnes/{leg}/strategie"
    ),
    "launch": Kind("Lancer la campagne", "/communication/campagnes/{leg}"),
    "print-brief": Kind("Compléter la demande d’impression", "/communication/campagnes/{leg}"),
    "print-decide": Kind("Examiner la demande d’impression", _PRINT),
    "print-schedule": Kind("Trouver un créneau d’impression", _PRINT),
    "print-refused": Kind("Imprimer autrement", _PRINT),
    "proof": Kind("Préparer l’épreuve (BAT)", _PRINT),
    "sign-proof": Kind("Signer l’épreuve (BAT)", _PRINT + "/bat"),
    "print-deliver": Kind("Livrer l’impression", _PRINT),
    "transfer": Kind("Trouver les crédits", "/procurement/lignes/{subject}"),
} | {step: Kind(words, _PURCHASE) for step, words in STEPS.items()}

_UNNAMED = Kind("Trouver qui fait une tâche", _TASK)


def kind_of(kind: str | None) -> Kind:
    """The words of ``kind``; a task that somebody spoke of before anybody took it has none yet."""
    if not kind:
        return _UNNAMED
    return KINDS.get(kind, Kind(kind, "/monitoring/"))


def page_of(wait: Row, yours: bool) -> str:
    """Where what is awaited is done, by the one who asks (``yours``) or by somebody else."""
    kind = kind_of(wait["kind"])
    page = kind.page if yours else kind.followed or kind.page
    places = {"subject": wait["subject_id"], "leg": wait["leg_id"]}
    return page.format(**places)


ASK_AGAIN = "Relancer"


def deed_of(wait: Row) -> str:
    """What the one who unblocks it does: the thing itself, or asking again whoever is silent."""
    role = wait["unblocks_role"]
    if wait["blocked"] and role and role != wait["awaited_role"]:
        return ASK_AGAIN
    return said(wait)


def said(wait: Row) -> str:
    """What is to be done, in one line."""
    kind, title = kind_of(wait["kind"]), wait["title"]
    if kind.named and title:
        return str(title)
    return kind.words
