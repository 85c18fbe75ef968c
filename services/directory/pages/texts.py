"""The three pages of text: accessibility, personal data, help."""

from datetime import date
from typing import Any

UPDATED = date(2026, 11, 23)

ACCESSIBILITY: dict[str, Any] = {
    "title": "Accessibilité",
    "lead": "Rond Kozé vise le niveau AA des règles internationales (WCAG 2.2) et le RGAA.",
    "sections": [
        {
            "title": "État de conformité",
            "paragraphs": [
                (
                    "Aucun audit complet n’a encore été fait par un tiers : le site est déclaré non "
                    "conforme tant que cet audit manque. Les pages sont vérifiées par un outil, à la "
                    "largeur d’un téléphone et d’un ordinateur, et au clavier."
                )
            ],
        },
        {
            "title": "Ce qui est prévu",
            "items": [
                "Tout se fait au clavier, et sans JavaScript.",
                "Un état n’est jamais dit par la couleur seule.",
                "Chaque image a ses mots ou son tableau.",
                "Le texte s’agrandit jusqu’à 200 % sans rien perdre.",
            ],
        },
        {
            "title": "Vous êtes gêné·e ?",
            "paragraphs": [
                (
                    "Dites-le à la DPC-CAC ou à l’accueil d’une mairie annexe : on vous aide tout de "
                    "suite, sur papier ou de vive voix, et la page est corrigée. Sans réponse qui "
                    "vous convienne, vous pouvez saisir le Défenseur des droits."
                )
            ],
        },
    ],
}

PERSONAL_DATA: dict[str, Any] = {
    "title": "Données personnelles",
    "lead": "Ce qui est gardé de vous, pourquoi, combien de temps, et comment le faire effacer.",
    "sections": [
        {
            "title": "Ce qui est gardé",
            "items": [
                "Votre nom, tel que vous voulez être appelé·e.",
                (
                    "Votre adresse de courriel et votre téléphone, si vous les donnez. Ils ne "
                    "quittent pas l’annuaire."
                ),
                "Vos rôles, avec leurs dates.",
                "Vos appareils connectés : trente jours au plus.",
                "Vos messages : un an.",
            ],
        },
        {
            "title": "Ce qui n’est pas gardé",
            "items": [
                "Aucun mot de passe : vous entrez avec un code reçu par courriel.",
                "Aucune mesure d’audience, aucun service d’un autre site.",
                "L’adresse de votre connexion : seule une empreinte est gardée, un jour.",
            ],
        },
        {
            "title": "Vous faire effacer",
            "paragraphs": [
                (
                    "Dans « Mon compte », le bouton « M’effacer » efface votre nom, vos contacts, vos "
                    "messages et vos sessions. Ce que vous avez décidé au nom d’un comité ou de la "
                    "ville reste, sous un numéro qui ne mène plus à vous. Un agent de la DPC-CAC peut "
                    "le faire à votre demande."
                )
            ],
        },
        {
            "title": "Vos cookies",
            "paragraphs": [
                (
                    "Un seul, pour rester connecté·e, et deux autres de quelques minutes pour entrer "
                    "et pour confirmer ce que vous venez de faire. Ils sont nécessaires : aucun "
                    "bandeau ne vous est montré."
                )
            ],
        },
    ],
}

HELP: dict[str, Any] = {
    "title": "Aide et règles",
    "lead": "Qui fait quoi, et à qui demander quand on est arrêté.",
    "sections": [
        {
            "title": "Entrer",
            "items": [
                "Donnez votre adresse de courriel : un code à six chiffres vous est envoyé.",
                "Le code sert une fois, pendant dix minutes, avec cinq essais.",
                "Pas d’adresse de courriel ? L’accueil d’une mairie annexe vous aide.",
            ],
        },
        {
            "title": "Qui donne les rôles",
            "items": [
                "Le référent d’un comité y invite des membres.",
                "La DPC-CAC enregistre les référents et tous les autres rôles.",
                "Personne ne se donne un rôle à soi-même.",
                "Qui signe pour la ville le fait en vertu d’un acte, avec un plafond et des dates.",
                "Un membre d’un comité n’engage jamais l’argent de la ville.",
            ],
        },
        {
            "title": "Quand quelque chose est refusé",
            "paragraphs": [
                (
                    "La page dit la règle, ce qui manque, et qui peut débloquer. Rien de ce que vous "
                    "avez écrit n’est perdu."
                )
            ],
        },
    ],
}
