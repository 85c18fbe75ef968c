"""What a campaign or a print is refused for; each name is a rule, each text a sentence."""

from shared.kernel.refusals import Invalid, Refused


class PrintStepNotAllowed(Refused):
    """The request is not where this can be done."""


class CampaignStepNotAllowed(Refused):
    """The campaign is not where this can be done."""


class BriefIncomplete(Invalid):
    """A brief is sent whole: what is missing would be asked again, and the days are counted."""


class StrategyIncomplete(Invalid):
    """A strategy says whom to reach, and only waits for what it plans."""


class GateClosed(Refused):
    """A campaign starts when what its strategy names is ready, or with a reason for what is not."""


class WeekFull(Refused):
    """A week holds no more hours than the workshop has."""


class WeekTooEarly(Refused):
    """A print waits for its design, its reviews and its proof."""


class FitsNowhere(Refused):
    """No week with room is early enough."""


class ProofReplaced(Refused):
    """An approval binds to the very file that was on the screen."""


class RoundsUsedUp(Refused):
    """Two rounds of corrections fit in the usual time; a third moves the delivery."""


class StockShort(Refused):
    """Nobody hands out more copies than there are."""


class WrongValue(Invalid):
    """A field does not make sense."""


class ReasonMissing(Invalid):
    """Some decisions are only worth their reason."""


def need_reason(reason: str, field: str = "reason") -> str:
    """``reason`` without its outer spaces; refused when nothing is left."""
    if not reason.strip():
        text = "Écrivez le motif : le comité le lira."
        raise ReasonMissing(text, fields={field: text})
    return reason.strip()


def refuse_value(field: str, text: str) -> WrongValue:
    """What is wrong with one field."""
    return WrongValue(text, fields={field: text})
