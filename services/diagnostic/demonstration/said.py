"""Themes of the demonstration: what is asked, what people answer, what the groups draw from it."""

from dataclasses import dataclass

from services.diagnostic.events import Theme


@dataclass(frozen=True)
class Subject:
    """A theme as neighbourhoods speak of it.

    ``needs`` are the group's words with the usual answer that carries them, the heaviest first.
    """

    theme: Theme
    titles: tuple[str, ...]
    needs: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    ideas: tuple[str, ...]
    findings: str


CULTURE = Subject(
    theme=Theme.CULTURE,
    titles=("Et si on se retrouvait en musique ?", "La fête, ici, c’est quand ?"),
    needs=(
        ("Des moments de fête près de chez nous", "Des fêtes et de la musique"),
        ("Des livres et des jeux pour les marmay", "Des livres et des jeux pour les enfants"),
        ("Transmettre l’histoire du quartier", "Raconter l’histoire du quartier"),
    ),
    words=(
        "Avant il y avait un bal tous les mois, maintenant plus rien.",
        "Mon bann marmay i rèst dovan lékran.",
        "On ne connaît plus les voisins du dessus.",
        "La mizik i ramas domoun, li koz pou nou.",
        "Pour voir un spectacle il faut prendre deux bus.",
        "Ma grand-mère sait plein d’histoires, personne ne les écrit.",
    ),
    ideas=("Un kabar dans une cour", "Des chaises dehors et un écran", "Un échange de livres"),
    findings="Les gens veulent se retrouver sans traverser la ville. Les anciens parlent des bals "
    "d’autrefois, les parents de l’ennui des enfants le mercredi.\nUne salle existe, mais peu "
    "savent comment la demander.",
)
SOLIDARITY = Subject(
    theme=Theme.SOLIDARITY,
    titles=("Entre voisins, comment ça va ?", "Qui donne la main à qui ?"),
    needs=(
        ("Rompre la solitude des gramoun", "Des visites aux personnes âgées"),
        ("Un lieu pour se retrouver, jeunes et anciens", "Un lieu pour se retrouver"),
        ("Manger ensemble de temps en temps", "Des repas partagés"),
    ),
    words=(
        "Mi koz ansanm personn si la somin.",
        "Ma voisine ne descend plus depuis que l’ascenseur est en panne.",
        "On s’entraide, mais seulement dans l’immeuble.",
        "Si quelqu’un garde le petit une heure, je peux aider aussi.",
        "Les papiers de la CAF, je n’y comprends rien.",
        "Dimanche lé long kan ou lé tousel.",
    ),
    ideas=("Un goûter une fois par mois", "Un vide-grenier", "Cuisiner à plusieurs"),
    findings="La solitude revient partout, chez les anciens surtout. Beaucoup donneraient une heure "
    "si quelqu’un organisait.\nL’association du quartier visite déjà dix personnes : elle cherche "
    "des bras.",
)
SURROUNDINGS = Subject(
    theme=Theme.SURROUNDINGS,
    titles=("Dehors, chez nous, que changer ?", "Autour de l’école, que manque-t-il ?"),
    needs=(
        ("De l’ombre et des bancs près de l’école", "Un endroit à l’ombre pour s’asseoir"),
        ("Une ravine propre avant les pluies", "Une ravine propre"),
        ("Des murs et des passages plus gais", "Des murs moins gris"),
    ),
    words=(
        "À midi les mamans attendent en plein soleil.",
        "La ravine lé sal, kan la pli i vien i déborde.",
        "Le passage derrière les immeubles fait peur le soir.",
        "On a de la terre, personne ne plante.",
        "Le mur de l’école est gris depuis vingt ans.",
        "Mi vé in ban dovan la boutik.",
    ),
    ideas=("Peindre le mur avec les enfants", "Nettoyer ensemble un samedi", "Planter des letchis"),
    findings="On attend au soleil, debout. La ravine inquiète avant la saison des pluies.\nLe service "
    "Espaces verts a déjà planté rue voisine : il faut lui demander son calendrier.",
)
ANY = Subject(
    theme=Theme.ANY,
    titles=("Qu’est-ce qui manque le plus dans votre quartier ?", "Parlez-nous du quartier"),
    needs=(
        ("Des activités pour les jeunes le soir", "Des activités pour les jeunes après l’école"),
        ("Des moments de fête entre voisins", "Des moments de fête entre voisins"),
        ("De l’attention aux anciens", "De l’attention aux anciens"),
    ),
    words=(
        "Après quatre heures les jeunes tiennent le mur.",
        "Na poin arien pou bann jène isi.",
        "Le terrain est là, mais sans lumière.",
        "On se croise, on ne se parle pas.",
        "Ti pa ti pa n’arivé : commençons petit.",
        "Mon père ne sort plus, les trottoirs sont trop hauts.",
    ),
    ideas=("Un tournoi le samedi", "Une fête des voisins", "Un banc et une lampe"),
    findings="Les jeunes de 14 à 18 ans sont ceux dont on parle le plus, et qu’on a le moins "
    "entendus.\nLe club de sport ouvrirait le terrain s’il y avait deux adultes.",
)

OF_ACTION = {
    "Fresque": SURROUNDINGS,
    "Nettoyage": SURROUNDINGS,
    "Jardin": SURROUNDINGS,
    "Marche": SURROUNDINGS,
    "Rond": SOLIDARITY,
    "Goûter": SOLIDARITY,
    "Vide-grenier": SOLIDARITY,
    "Atelier": SOLIDARITY,
    "Bibliothèque": CULTURE,
    "Kabar": CULTURE,
    "Cinéma": CULTURE,
    "Bal": CULTURE,
    "Fête": CULTURE,
    "Tournoi": ANY,
}
"""By the first word of the action that was chosen in the end."""


def subject_of(number: int, title: str) -> Subject:
    """What the committee ``number`` asked about; without an action yet, in turn."""
    known = OF_ACTION.get(title.partition(" ")[0])
    return known or (ANY, SURROUNDINGS, SOLIDARITY, CULTURE)[number % 4]
