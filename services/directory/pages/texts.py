"""Two pages of text: accessibility and personal data. The third is ``guide.py``."""

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
            "points": [
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
            "points": [
                "Votre nom, tel que vous voulez être appelé·e.",
                (
                    "Votre adresse de courriel et votre téléphone, si vous les donnez. Ils ne "
                    "quittent pas l’annuaire : vous, la DPC-CAC et le contrôle les lisez."
                ),
                "Vos rôles, avec leurs dates.",
                "Ce que vous décidez au nom d’un comité ou de la ville : qui, quoi, quand.",
                "Vos appareils connectés : trente jours au plus.",
                "Vos messages : un an. Les courriels envoyés : trente jours.",
            ],
        },
        {
            "title": "Pourquoi",
            "paragraphs": [
                (
                    "Pour vous laisser entrer, vous joindre, montrer qui est attendu, et savoir plus "
                    "tard qui a décidé quoi."
                )
            ],
        },
        {
            "title": "Où",
            "paragraphs": [
                (
                    "Sur les machines de la ville ou de son hébergeur, nulle part ailleurs. Votre nom "
                    "est aussi montré par les achats et le suivi, à côté de ce que vous avez décidé ; "
                    "les faits échangés entre services ne portent que des numéros."
                )
            ],
        },
        {
            "title": "Ce qui n’est pas gardé",
            "points": [
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
                ),
                (
                    "Le nom disparaît aussi des autres services et du journal qui les relie, en deux "
                    "jours au plus ; des sauvegardes de la ville, quand elles arrivent à leur terme."
                ),
                (
                    "Un bon de commande signé garde le nom de qui l’a signé : c’est une pièce des "
                    "comptes de la ville."
                ),
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
