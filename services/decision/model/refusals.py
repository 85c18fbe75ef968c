"""What this service does not allow, each named after its rule."""

from shared.kernel.refusals import Forbidden, Invalid, Refused

LEAD = "La personne référente du comité"
GROUP = "Tout membre du comité"
DPC = "La DPC-CAC"


class IdeasClosed(Refused):
    """Ideas are gathered until the day that was said, and before the vote (409)."""

    title = "Les idées ne se déposent plus ici"


class IdeaNotShown(Refused):
    """Only an idea that stands on the list is voted on, backed or asked about (409)."""

    title = "Cette idée n’est pas sur la liste"


class IdeasToLookAt(Refused):
    """What residents proposed is looked at before anybody votes (409)."""

    title = "Des idées attendent encore d’être regardées"


class TooFewIdeas(Refused):
    """One votes on at least one idea (409)."""

    title = "Il n’y a pas encore d’idée à choisir"


class RoundOver(Refused):
    """What was decided stands (409)."""

    title = "Ce choix est déjà fait"


class NothingChosen(Refused):
    """One annuls what was chosen (409)."""

    title = "Aucune action n’est choisie ici"


class StillChoosing(Refused):
    """One choice at a time leads from the same ideas to an action (409)."""

    title = "Le choix en cours n’est pas fini"


class NotTheOneAsked(Forbidden):
    """Only the one who is asked says what they can do (403)."""

    title = "Cet avis est demandé à quelqu’un d’autre"


class AdviceOver(Refused):
    """An advice is given once, before the vote opens (409)."""

    title = "Cet avis n’est plus attendu"


class CharterMissing(Refused):
    """The rules are agreed before anybody votes (409)."""

    title = "La charte de ce vote n’est pas encore adoptée"


class CharterFrozen(Refused):
    """An adopted charter does not change (409)."""

    title = "Cette charte est adoptée : elle ne change plus"


class NotYetTheDay(Refused):
    """The charter says from when, and until when, one votes (409)."""

    title = "Ce n’est pas encore le jour que dit la charte"


class NoElectors(Refused):
    """A vote has electors (409)."""

    title = "Personne ne peut voter"


class VoteOver(Refused):
    """Nobody votes after the closing (409)."""

    title = "Ce vote est clos"


class NoVoteOpen(Refused):
    """One votes while a vote is open (409)."""

    title = "Aucun vote n’est ouvert à cette adresse"


class TooFewToShow(Refused):
    """A box of a few ballots is not shown: somebody might be known by theirs (409)."""

    title = "Cette urne a trop peu de bulletins pour être montrée"


class NotAnElector(Forbidden):
    """Who votes is in the list closed at the opening (403)."""

    title = "Vous n’êtes pas sur la liste de ce vote"


class AlreadyCountedInTheRoom(Refused):
    """One person, one vote, whatever the way (409)."""

    title = "Vous avez déjà voté"


class CardUnknown(Invalid):
    """A card was given by an annexe, and its number carries its own proof (422)."""

    title = "Cette carte n’est pas connue"


class CardAlreadyGiven(Refused):
    """A card is shown once, when it is given (409)."""

    title = "Cette carte a déjà été remise"


class CountNotConfirmed(Refused):
    """Two persons stand for what was counted in a room (409)."""

    title = "Ce compte attend une deuxième personne"


class SecondPersonNeeded(Forbidden):
    """Who entered a count does not confirm it (403)."""

    title = "Une autre personne doit confirmer ce compte"


class CountOver(Refused):
    """A count is confirmed or dropped once (409)."""

    title = "Ce compte est déjà traité"


def wrong(name: str, sentence: str) -> Invalid:
    """A field that is to be corrected."""
    return Invalid(sentence, fields={name: sentence})
