"""The committees, people and organisations of the demonstration: real quartiers, invented names."""

from services.directory.events import CITY, RelayKind, Role, department_scope, sector_scope

# Number and quartier of each committee, by sector.
SECTORS: dict[str, dict[int, str]] = {
    "Secteur Centre": {
        1: "Centre-ville",
        2: "Bas de la Rivière",
        3: "Bas de la Rivière",
        4: "La Source",
        5: "Saint-Jacques",
        6: "Le Butor",
        7: "Le Butor",
        8: "Vauban",
        9: "Camp Ozoux",
        10: "Champ-Fleuri",
        39: "Centre-ville",
    },
    "Secteur Hauts": {
        11: "Bellepierre",
        15: "Montgaillard",
        16: "Montgaillard",
        19: "Saint-François",
        20: "Le Brûlé",
        26: "Saint-François",
        40: "Bellepierre",
    },
    "Secteur Montagne": {
        21: "La Montagne 8e kilomètre",
        25: "Saint-Bernard",
        27: "Ruisseau Blanc",
        43: "La Montagne 8e kilomètre",
    },
    "Secteur Chaudron": {
        12: "Les Camélias",
        13: "Les Camélias",
        14: "La Providence",
        17: "Sainte-Clotilde",
        18: "Sainte-Clotilde",
        28: "Le Chaudron",
        29: "Le Chaudron",
        30: "Le Chaudron",
        31: "Le Chaudron",
        33: "Commune Prima",
        42: "Sainte-Clotilde",
    },
    "Secteur Est": {
        22: "Moufia",
        23: "Moufia",
        24: "Moufia",
        32: "Primat",
        34: "Bois-de-Nèfles",
        35: "Bois-de-Nèfles",
        36: "La Bretagne",
        37: "La Bretagne",
        38: "Domenjod",
        41: "Domenjod",
        44: "Primat",
    },
}

# Login, name, role, scope: those whom the pages of a demonstration are shown as.
PERSONAS: tuple[tuple[str, str, Role, str], ...] = (
    ("lucette.modele", "Lucette Modèle", Role.DPC_OFFICER, CITY),
    ("rose.exemple", "Rose Exemple", Role.DPC_OFFICER, CITY),
    ("guy.technique", "Guy Technique", Role.ADMINISTRATOR, CITY),
    ("aline.exemple", "Aline Exemple", Role.PROCUREMENT_OFFICER, CITY),
    ("marc.fictif", "Marc Fictif", Role.PROCUREMENT_OFFICER, CITY),
    ("paul.essai", "Paul Essai", Role.FINANCE_CLERK, CITY),
    ("noe.modele", "Noé Modèle", Role.PRINT_SERVICE, department_scope("Communication")),
    ("ines.voirie", "Inès Essai", Role.DEPARTMENT_AGENT, department_scope("Voirie")),
    (
        "yvon.logistique",
        "Yvon Fictif",
        Role.DEPARTMENT_AGENT,
        department_scope("Fêtes et logistique"),
    ),
    ("marie.annexe", "Marie Annexe", Role.ANNEXE_DESK, department_scope("Mairie annexe")),
    ("karim.centre", "Karim Secteur", Role.SECTOR_OFFICER, sector_scope("Secteur Centre")),
    ("odile.hauts", "Odile Secteur", Role.SECTOR_OFFICER, sector_scope("Secteur Hauts")),
    ("jules.montagne", "Jules Secteur", Role.SECTOR_OFFICER, sector_scope("Secteur Montagne")),
    ("nadia.chaudron", "Nadia Secteur", Role.SECTOR_OFFICER, sector_scope("Secteur Chaudron")),
    ("theo.est", "Théo Secteur", Role.SECTOR_OFFICER, sector_scope("Secteur Est")),
)

# Login, name, act, ceiling in euros, taxes included.
DELEGATES: tuple[tuple[str, str, str, str], ...] = (
    ("eva.delegation", "Éva Délégation", "Arrêté fictif n° 117", "25000.00"),
    ("hugo.delegation", "Hugo Délégation", "Arrêté fictif n° 118", "90000.00"),
)

LEADS = {
    6: "Max Démo",
    14: "Rita Fictif",
    17: "Jean-Marc Démo",
    5: "Zoé Fictive",
}
FIRST = [
    "Ama",
    "Ben",
    "Cora",
    "Dan",
    "Elsa",
    "Farid",
    "Gina",
    "Hari",
    "Ida",
    "Jo",
    "Kim",
    "Léo",
    "Mina",
    "Nils",
    "Olga",
    "Pia",
    "Rani",
    "Sam",
    "Tia",
    "Ugo",
    "Vera",
    "Willy",
    "Xenia",
    "Yann",
    "Zara",
]
LAST = ("Exemple", "Essai", "Fictif", "Modèle", "Démo", "Témoin", "Factice")

RELAYS: tuple[tuple[str, RelayKind, str], ...] = (
    ("Association Exemple {}", RelayKind.ASSOCIATION, "Une salle, deux barnums, dix bénévoles"),
    ("École Fictive {}", RelayKind.SCHOOL, "Les cahiers des élèves, la cour le samedi"),
    ("Club Démo {}", RelayKind.SPORT, "Un terrain et des animateurs"),
    ("Boutique Témoin {}", RelayKind.SHOP, "Une vitrine et des affiches à la caisse"),
)
