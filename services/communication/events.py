"""What communication tells the others: strategy, prints and their slots, proofs, the campaign."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.language import Fact, FileRef


class Channel(StrEnum):
    """How people are reached (guide, sheet 5)."""

    PRESS = "press"
    RADIO = "radio"
    SOCIAL = "social"
    WHATSAPP = "whatsapp"
    SCHOOLS = "schools"
    MARKETS = "markets"
    WORSHIP = "worship"
    DOOR_TO_DOOR = "door-to-door"
    POSTING = "posting"
    ROND_KOZE = "rond-koze"
    TOWN_HALL = "town-hall"


class Support(StrEnum):
    """What can be printed."""

    FLYER = "flyer"
    POSTER = "poster"
    BANNER = "banner"
    PROGRAMME = "programme"
    SIGN = "sign"
    CARD = "card"
    OTHER = "other"


class Colours(StrEnum):
    """The inks of a print."""

    FULL = "full"
    TWO = "two"
    ONE = "one"
    BLACK = "black"


class Paper(StrEnum):
    """What it is printed on."""

    WHITE = "white"
    COLOURED = "coloured"
    RECYCLED = "recycled"
    CANVAS = "canvas"
    BOARD = "board"


@dataclass(frozen=True, kw_only=True)
class Target:
    """Whom to reach, where, and with which message."""

    public: str
    place: str
    message: str


@dataclass(frozen=True, kw_only=True)
class PlannedSupport:
    """What the strategy asks to be ready before the campaign starts."""

    support: str
    quantity: int


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What was not ready at the launch, and why it was accepted."""

    what: str
    why: str


@dataclass(frozen=True, kw_only=True)
class PrintLine:
    """So many copies of a support."""

    label: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, kw_only=True)
class StrategyAdopted(Fact):
    """The group agreed whom to reach, how, with which supports; ``gates`` must be ready first."""

    campaign_id: UUID
    targets: tuple[Target, ...]
    channels: tuple[Channel, ...]
    supports: tuple[PlannedSupport, ...]
    gates: tuple[str, ...]
    edition: int = 1

    def subject(self) -> str:
        return str(self.campaign_id)


@dataclass(frozen=True, kw_only=True)
class PrintFact(Fact):
    """Something about one print request; ``need_id`` was minted by whoever asked."""

    request_id: UUID
    need_id: UUID

    def subject(self) -> str:
        return str(self.request_id)


@dataclass(frozen=True, kw_only=True)
class PrintRequested(PrintFact):
    """A complete brief is with the Service communication."""

    title: str
    support: str
    quantity: int
    needed_by: date


@dataclass(frozen=True, kw_only=True)
class PrintAccepted(PrintFact):
    """The Service communication takes it: ``hours`` of its week."""

    hours: Decimal


@dataclass(frozen=True, kw_only=True)
class PrintRefused(PrintFact):
    """It does not; another way is to be found."""

    why: str


@dataclass(frozen=True, kw_only=True)
class PrintScheduled(PrintFact):
    """It has a slot, in the week of ``week`` (its Monday), and is ready by ``ready_by``."""

    week: date
    ready_by: date
    outside: bool = False


@dataclass(frozen=True, kw_only=True)
class PrintUnscheduled(PrintFact):
    """It lost its slot: another week is to be found."""

    why: str


@dataclass(frozen=True, kw_only=True)
class PrintPurchaseNeeded(PrintFact):
    """It is printed outside: a purchase is to be opened for this need."""

    title: str
    lines: tuple[PrintLine, ...]
    place: str
    needed_by: date
    requested_by: UUID
    owner: UUID | None = None
    priority: int = 2
    details: str = ""


@dataclass(frozen=True, kw_only=True)
class ProofPublished(PrintFact):
    """A proof (BAT) can be read; ``edition`` counts from 1."""

    edition: int
    file: FileRef


@dataclass(frozen=True, kw_only=True)
class ProofApproved(PrintFact):
    """These exact bytes may be printed."""

    edition: int
    file_hash: str


@dataclass(frozen=True, kw_only=True)
class PrintDelivered(PrintFact):
    """The supports are there."""

    quantity: int
    on: date


@dataclass(frozen=True, kw_only=True)
class PrintCancelled(PrintFact):
    """It is not printed; its slot is free again."""

    why: str


@dataclass(frozen=True, kw_only=True)
class CampaignLaunched(Fact):
    """All that the strategy names is ready, or its absence was accepted: people are told."""

    campaign_id: UUID
    channels: tuple[Channel, ...]
    zones: tuple[str, ...]
    starts: date
    ends: date
    ready: tuple[str, ...]
    missing: tuple[Missing, ...] = ()

    def subject(self) -> str:
        return str(self.campaign_id)


@dataclass(frozen=True, kw_only=True)
class DistributionReported(Fact):
    """``count`` copies handed out in a zone, ``left`` still there."""

    campaign_id: UUID
    need_id: UUID
    support: str
    zone: str
    count: int
    left: int

    def subject(self) -> str:
        return str(self.campaign_id)


@dataclass(frozen=True, kw_only=True)
class CampaignEnded(Fact):
    """The campaign is over: ``reach`` copies and contacts counted in all."""

    campaign_id: UUID
    reach: int
    why: str = ""

    def subject(self) -> str:
        return str(self.campaign_id)
