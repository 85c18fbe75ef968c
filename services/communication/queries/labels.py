"""The words of the pages, by value."""

from decimal import Decimal

from services.communication.events import Channel
from services.communication.model import PLAN, Colours, Paper, Support

SUPPORTS = {
    Support.FLYER: "Flyers",
    Support.POSTER: "Affiches",
    Support.BANNER: "Banderoles",
    Support.PROGRAMME: "Programmes",
    Support.SIGN: "Panneaux",
    Support.CARD: "Cartes",
    Support.OTHER: "Autre support",
}
COLOURS = {
    Colours.FULL: "En couleurs",
    Colours.TWO: "Deux couleurs",
    Colours.ONE: "Une couleur, autre que le noir",
    Colours.BLACK: "Noir seul",
}
PAPERS = {
    Paper.WHITE: "Papier blanc",
    Paper.COLOURED: "Papier de couleur",
    Paper.RECYCLED: "Papier recyclé clair",
    Paper.CANVAS: "Bâche",
    Paper.BOARD: "Carton ou panneau",
}
CHANNELS = {
    Channel.DOOR_TO_DOOR: "Porte-à-porte",
    Channel.ROND_KOZE: "Rond kozé",
    Channel.POSTING: "Affichage dans la rue et les commerces",
    Channel.SCHOOLS: "Écoles",
    Channel.MARKETS: "Marchés",
    Channel.WORSHIP: "Sorties d’église et lieux de culte",
    Channel.WHATSAPP: "WhatsApp",
    Channel.SOCIAL: "Réseaux sociaux",
    Channel.RADIO: "Radio",
    Channel.PRESS: "Presse",
    Channel.TOWN_HALL: "Mairies annexes",
}
PRIORITIES = {1: "1 · indispensable", 2: "2 · important", 3: "3 · un plus"}


_FEMININE = frozenset({Support.POSTER, Support.BANNER, Support.CARD})


def gate_name(gate: str) -> str:
    """What a gate waits for, as people say it."""
    if gate == PLAN:
        return "Plan de l’action adopté"
    support = Support(gate)
    if support is Support.OTHER:
        return "Autre support livré"
    return f"{SUPPORTS[support]} {'livrées' if support in _FEMININE else 'livrés'}"


def said_support(support: Support, quantity: int | None) -> str:
    """The support after its quantity: « 400 affiches », « 1 banderole »."""
    name = SUPPORTS[support].lower()
    return name.removesuffix("s") if quantity == 1 else name


def plain_hours(hours: Decimal | None) -> Decimal | None:
    """Hours without zeros that say nothing: 6, 7.5."""
    if hours is None:
        return None
    return hours.quantize(Decimal(1)) if hours == hours.to_integral_value() else hours.normalize()


def in_a_sentence(name: str) -> str:
    """A state within a sentence: « brouillon à compléter », but « BAT à signer »."""
    return name if name.startswith("BAT") else name[0].lower() + name[1:]
