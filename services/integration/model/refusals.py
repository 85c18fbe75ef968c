"""What integration does not allow, each named after its rule."""

from shared.kernel.refusals import Forbidden, Invalid, NotFound, Refusal, Refused

KEEPERS = "L’administration technique ou un agent de la DPC-CAC"
_HEADER = "Envoyez l’en-tête « Authorization: Bearer <votre clé> »."


class KeyMissing(Refusal):
    """The feed was asked for without a key, or not as ``Authorization: Bearer`` (401)."""

    status = 401
    title = "Il manque la clé"

    def __init__(self) -> None:
        super().__init__(
            rule="Le fil des événements se lit avec la clé d’un accès.",
            missing=_HEADER,
            unblocks=f"{KEEPERS} ; pour essayer tout de suite : POST /integration/sandbox",
        )


class KeyUnknown(Refusal):
    """No such key: mistyped, or of another installation (401)."""

    status = 401
    title = "Cette clé n’est pas connue"

    def __init__(self) -> None:
        super().__init__(
            rule="Une clé se copie en entier, du premier au dernier caractère.",
            missing="Une clé de cette installation. Une clé d’essai s’efface après un jour.",
            unblocks=KEEPERS,
        )


class KeyEnded(Refusal):
    """The key was withdrawn, or replaced by another and its last days are over (401)."""

    status = 401
    title = "Cette clé n’est plus valable"

    def __init__(self) -> None:
        super().__init__(
            rule="Une clé remplacée vaut encore quelques jours, une clé retirée plus du tout.",
            missing="La clé qui a remplacé celle-ci.",
            unblocks=KEEPERS,
        )


class KeyInAddress(Refusal):
    """A key stands in the address, where every machine on the way writes it down (400)."""

    status = 400
    title = "Une clé ne se met pas dans une adresse"

    def __init__(self) -> None:
        super().__init__(
            rule="Les adresses sont notées dans des journaux : une clé n’y a pas sa place.",
            missing=f"{_HEADER} Faites aussi remplacer cette clé : elle a pu être notée.",
            unblocks=KEEPERS,
        )


class GrantNotInForce(Forbidden):
    """The grant has not begun, is over, or was revoked (403)."""

    title = "Cet accès n’est pas en vigueur"

    def __init__(self, rule: str) -> None:
        super().__init__(rule=rule, missing="Un accès en vigueur.", unblocks=KEEPERS)


class TypeNotGranted(Forbidden):
    """A type of event was asked for that the grant does not name (403)."""

    title = "Votre accès ne comprend pas ce type d’événement"

    def __init__(self, kind: str, granted: list[str]) -> None:
        super().__init__(
            rule="Un accès nomme les types qu’il ouvre.",
            missing=f"{kind}. Le vôtre ouvre : {', '.join(granted)}.",
            unblocks=KEEPERS,
        )


class CursorNotOurs(Refusal):
    """The cursor is no cursor, or was given to the reader of another grant (400)."""

    status = 400
    title = "Ce curseur n’est pas le vôtre"

    def __init__(self) -> None:
        super().__init__(
            rule="Un curseur se rend tel qu’il a été donné, avec une clé du même accès.",
            missing="Le curseur de votre dernière page, ou pas de « after » pour reprendre au début.",
        )


class CursorOfAnotherLog(Refusal):
    """The log that the cursor was given for is no more: begin again, ids tell what is new (410)."""

    status = 410
    title = "Ce curseur est celui d’un ancien journal"

    def __init__(self) -> None:
        super().__init__(
            rule="Le journal de la ville a été remplacé après une panne.",
            missing="Reprenez sans « after » : l’« id » de chaque événement dit si vous l’avez déjà.",
        )


class TooManyReads(Refused):
    """A key reads so often a minute (429); Retry-After says when it may again."""

    status = 429
    title = "C’est trop souvent"


class TooManySandboxes(Refused):
    """A network address opens so many sandboxes an hour, and all of them together so many (429)."""

    status = 429
    title = "Trop de bacs à sable ont été ouverts"


class SandboxFull(Refused):
    """A sandbox holds so many events (409)."""

    title = "Ce bac à sable est plein"


class NotASandbox(Forbidden):
    """One sends made-up events with a sandbox key only (403)."""

    title = "Cette clé n’est pas une clé d’essai"

    def __init__(self) -> None:
        super().__init__(
            rule="La clé d’un accès lit de vrais événements et n’en envoie pas.",
            missing="Une clé d’essai : POST /integration/sandbox.",
        )


class EventTypeUnknown(NotFound):
    """No event of that type in the catalogue (404)."""

    title = "Ce type d’événement n’existe pas"

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"« {kind[:120]} » n’est pas au catalogue.",
            rule="Un type s’écrit comme au catalogue, version comprise.",
            missing="Un type de la page /integration/.",
        )


class GrantEnded(Refused):
    """A revoked grant stays so: another one is made (409)."""

    title = "Cet accès a été retiré"

    def __init__(self) -> None:
        super().__init__(
            rule="Un accès retiré ne revient pas, son histoire reste lisible.",
            missing="Un nouvel accès, avec une nouvelle clé.",
            unblocks=KEEPERS,
        )


class TwoKeysAlready(Refused):
    """Two keys of a grant are valid at most, while one replaces the other (409)."""

    title = "Deux clés valent déjà pour cet accès"

    def __init__(self) -> None:
        super().__init__(
            rule="Une clé en remplace une autre, et les deux valent quelques jours.",
            missing="Retirez d’abord l’ancienne, une fois que la nouvelle est en place.",
            unblocks=KEEPERS,
        )


def wrong(name: str, sentence: str) -> Invalid:
    """A field that is to be corrected."""
    return Invalid(sentence, fields={name: sentence})
