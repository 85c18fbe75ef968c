"""What this service does not allow, each named after its rule."""

from shared.kernel.refusals import Forbidden, Invalid, Refused

LEAD = "La personne référente du comité"


class PlanNotAdopted(Refused):
    """Nobody is asked for anything before the group has adopted day and place (409)."""

    title = "Le plan n’est pas encore adopté"


class PlanAlreadyAdopted(Refused):
    """A plan is adopted once; its day then moves with a reason (409)."""

    title = "Ce plan est déjà adopté"


class PlanOver(Refused):
    """An action that is held, cancelled or closed is no longer planned (409)."""

    title = "Cette action ne se planifie plus"


class NoFallbackDay(Refused):
    """One falls back on the day that was adopted for it (409)."""

    title = "Ce plan n’a pas de jour de repli"


class TooEarly(Refused):
    """What happens on the day is told on the day (409)."""

    title = "Ce n’est pas encore le jour"


class AlreadySigned(Refused):
    """A place that was found right is signed for once (409)."""

    title = "L’installation est déjà signée"


class NotHeldYet(Refused):
    """A bilan looks back on a day that took place (409)."""

    title = "La journée n’a pas encore eu lieu"


class TaskTaken(Refused):
    """A task has one person who does it (409)."""

    title = "Quelqu’un s’en charge déjà"


class TaskNotYours(Forbidden):
    """Who does a task says how it goes, or the lead (403)."""

    title = "Cette tâche est à quelqu’un d’autre"


class TaskFinished(Refused):
    """What is done stays done, until somebody says that it is not (409)."""

    title = "Cette tâche est faite"


class NotInTheGroup(Invalid):
    """A task or a need is entrusted to somebody of the committee (422)."""

    title = "Cette personne n’est pas du comité"


class NeedOver(Refused):
    """A need that was withdrawn is no more (409)."""

    title = "Ce besoin est retiré"


class NotAsked(Refused):
    """Suppliers and printers answer to those who ask them (409)."""

    title = "Ce besoin ne se répond pas ici"


class SomethingOpen(Refused):
    """An action is closed when nothing is left open; ``open`` lists what is, with links (409)."""

    title = "Il reste quelque chose d’ouvert"


def wrong(name: str, sentence: str) -> Invalid:
    """A field that is to be corrected."""
    return Invalid(sentence, fields={name: sentence})
