"""The words of the pages, by value."""

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


def gate_name(gate: str) -> str:
    """What a gate waits for, as people say it."""
    return "Plan de l’action adopté" if gate == PLAN else f"{SUPPORTS[Support(gate)]} livrés"
