"""What this service does not allow, each named after its rule."""

from shared.kernel.refusals import Invalid, Refused

LEAD = "La personne référente du comité"


class SurveyNotOpen(Refused):
    """Answers are taken while the survey is open, between its two days (409)."""

    title = "Cette écoute n’est pas ouverte"


class SurveyNotADraft(Refused):
    """Questions no longer change once people answer them (409)."""

    title = "Cette écoute est déjà ouverte"


class SurveyStillOpen(Refused):
    """What was heard is summed up once everybody could answer (409)."""

    title = "Cette écoute est encore ouverte"


class NoNeedYet(Refused):
    """A diagnostic says at least one need, and each need rests on an answer (409)."""

    title = "Ce diagnostic ne dit encore aucun besoin"


class AlreadyPublished(Refused):
    """What was published stands (409)."""

    title = "Ce diagnostic est publié"


class CommitteeGone(Refused):
    """A committee that is closed asks nothing more (409)."""

    title = "Ce comité n’est plus en activité"


class AnswerUnclear(Invalid):
    """An answer keeps to what was asked (422)."""

    title = "Une réponse est à reprendre"


def wrong(name: str, sentence: str) -> Invalid:
    """A field that is to be corrected."""
    return Invalid(sentence, fields={name: sentence})
