"""The words of this service in French, for its pages and its report."""

from services.diagnostic.events import Theme
from services.diagnostic.model import Actor, Channel, Kind, Place, State

THEMES = {
    Theme.CULTURE: "Culture",
    Theme.SOLIDARITY: "Solidarité",
    Theme.SURROUNDINGS: "Cadre de vie",
    Theme.ANY: "Tous les thèmes",
}
STATES = {
    State.DRAFT: "En préparation",
    State.OPEN: "Ouverte",
    State.CLOSED: "Close",
    State.PUBLISHED: "Diagnostic publié",
}
CHANNELS = {
    Channel.ONLINE: "En ligne",
    Channel.MET: "Dites à un membre du comité",
    Channel.PAPER: "Sur papier",
}
ACTORS = {
    Actor.RESIDENT: "Habitant·e",
    Actor.ELDER: "Ancien·ne",
    Actor.YOUTH: "Jeune",
    Actor.PARENT: "Parent d’élève",
    Actor.SHOPKEEPER: "Commerçant·e",
    Actor.ASSOCIATION: "Association",
    Actor.SCHOOL: "École",
    Actor.OTHER: "Autre",
}
PLACES = {
    Place.DOOR: "Porte à porte",
    Place.MARKET: "Marché",
    Place.SCHOOL_GATE: "Sortie d’école",
    Place.ROND_KOZE: "Rond kozé",
    Place.WORSHIP: "Lieu de culte",
    Place.PHONE: "Téléphone",
    Place.OTHER: "Ailleurs",
}
KINDS = {
    Kind.ONE: "Une seule réponse",
    Kind.SEVERAL: "Plusieurs réponses",
    Kind.TEXT: "Quelques mots",
}
