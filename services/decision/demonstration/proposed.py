"""Ideas of the demonstration, by what the committee's action is in the end."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Proposed:
    """An idea: what it aims at, where, and a guess of what it costs."""

    title: str
    aims: str
    place: str
    estimate: str | None = None


AIMS = {
    "Fresque": ("Peindre ensemble un mur gris, avec les enfants et un peintre du quartier.", "Mur de l’école"),
    "Rond": ("S’asseoir en cercle, dire ce qui va et ce qui manque, et manger un morceau.", "Sous le badamier"),
    "Goûter": ("Sortir les anciens de chez eux un après-midi, avec les enfants qui servent.", "Case du quartier"),
    "Bibliothèque": ("Une boîte à livres que chacun remplit, et une lecture le mercredi.", "Arrêt de bus"),
    "Fête": ("Une journée où l’on se retrouve en musique, sans traverser la ville.", "Place du quartier"),
    "Jardin": ("Planter ensemble ce qui se partage, et s’en occuper à tour de rôle.", "Derrière l’école"),
    "Cinéma": ("Un film en plein air, des nattes et des boissons, pour toutes les familles.", "Plateau sportif"),
    "Kabar": ("Maloya, contes et récits des anciens, dans une cour.", "Cour de la case"),
    "Vide-grenier": ("Donner, échanger, vendre trois fois rien, et parler entre voisins.", "Parking de l’école"),
    "Nettoyage": ("Vider la ravine de ce qui n’y a pas sa place, avant les pluies.", "Bord de la ravine"),
    "Marche": ("Marcher à plusieurs et noter ce qui fait peur ou gêne le passage.", "Du collège à la mairie annexe"),
    "Atelier": ("Cuisiner à plusieurs ce qu’on a dans le jardin, et goûter chez les autres.", "Cuisine de la maison de quartier"),
    "Tournoi": ("Un samedi de foot et de pétanque où toutes les rues jouent.", "Terrain du bas"),
    "Bal": ("Danser comme avant, avec un orchestre d’ici.", "Salle du haut"),
}  # fmt: skip

OTHERS: tuple[Proposed, ...] = (
    Proposed("Des bancs à l’ombre", "Trois bancs et des letchis là où l’on attend.", "Devant l’école", "1900.00"),
    Proposed("Repas partagé", "Chacun apporte un plat, la table est longue.", "Rue fermée un dimanche", "850.00"),
    Proposed("Visites entre voisins", "Deux par deux, passer voir ceux qui ne sortent plus.", "Dans les immeubles"),
    Proposed("Soirée contes", "Les anciens racontent, les jeunes enregistrent.", "Bibliothèque", "420.00"),
    Proposed("Réparer ensemble", "Un après-midi pour remettre en marche vélos et ventilateurs.", "Local des associations", "300.00"),
)  # fmt: skip

OPEN = {
    10: "Une fête sous les arbres",
    13: "Cinéma sur la place",
    18: "Jardin derrière l’école",
    21: "Sentier propre jusqu’à la case",
    24: "Goûter sous le badamier",
    39: "Samedi sans voitures",
    43: "Bal au kilomètre 8",
}
"""The first idea of the committees that have not chosen yet."""


def first_of(number: int, title: str, estimate: str | None) -> Proposed:
    """The idea that becomes the committee's action, or might."""
    if not title:
        aims = "Se retrouver dehors, petits et grands, et continuer ensemble."
        return Proposed(OPEN[number], aims, "Au cœur du quartier", "1800.00")
    aims, place = AIMS[title.partition(" ")[0]]
    return Proposed(title, aims, place, estimate)


def others_of(number: int) -> list[Proposed]:
    """One to three ideas beside it."""
    return [OTHERS[(number + n) % len(OTHERS)] for n in range(1 + number % 3)]
