"""The page of help: how to enter, who does what, what to do when something is refused."""

from typing import Any

from services.directory.events import Role
from services.directory.mirror import role_label

_BEFORE: list[dict[str, Any]] = [
    {
        "title": "Entrer",
        "points": [
            "Donnez votre adresse de courriel : un code à six chiffres vous est envoyé.",
            "Le code sert une fois, pendant dix minutes, avec cinq essais.",
            "Pas d’adresse de courriel ? La personne référente de votre comité agit avec vous.",
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
    {
        "title": "Qui donne les rôles",
        "points": [
            "La personne référente d’un comité y invite des membres.",
            "La DPC-CAC enregistre les référents et tous les autres rôles.",
            "Personne ne se donne un rôle à soi-même.",
            "Qui signe pour la ville le fait en vertu d’un acte, avec un plafond et des dates.",
        ],
    },
]

_ROLES: dict[tuple[Role, ...], tuple[str, ...]] = {
    (Role.MEMBER, Role.LEAD): (
        "Vous dites un besoin tôt : la page compte en arrière depuis le jour voulu.",
        "Vous répondez quand une précision est demandée.",
        "Vous certifiez une livraison si vous y étiez. Sans certificat, rien n’est payé.",
        "Vous n’engagez jamais l’argent de la ville : une personne délégataire valide et signe.",
        "Arrêté·e ? La personne référente, puis le chef de projet de votre secteur.",
    ),
    (Role.SECTOR_OFFICER,): (
        "Vous suivez les comités de votre secteur et vous appelez qui est attendu.",
        "Vous conseillez et proposez ; le comité décide.",
    ),
    (Role.DPC_OFFICER,): (
        "Vous ouvrez les enveloppes d’une année, puis les lignes des actions, et vous virez.",
        "Vous tenez les comités, les rôles, les délégations et les règles datées.",
        "Vous ne validez ni ne signez un achat.",
    ),
    (Role.PROCUREMENT_OFFICER,): (
        "Vous demandez les devis, les enregistrez fermés, les comparez et en proposez un.",
        "Avant la clôture, personne ne lit un devis.",
        "Vous ne contrôlez pas ce que vous avez demandé, et vous ne validez pas.",
    ),
    (Role.DELEGATE,): (
        "Vous validez : l’argent est réservé dans le même geste. Une fois engagé, vous signez.",
        "Vous ne validez pas ce que vous avez demandé, modifié ou contrôlé.",
        "Vous ne signez pas ce que vous avez validé : deux personnes engagent la ville.",
        "Demander un complément ou refuser veut une raison.",
    ),
    (Role.FINANCE_CLERK,): (
        "Vous donnez le numéro d’engagement, puis enregistrez factures et paiements.",
        "Rien ne se paie avant qu’une livraison soit certifiée.",
    ),
    (Role.ELU,): (
        "Vous suivez les comités dont vous êtes référent·e, leur argent et leurs achats.",
        "Signer demande une délégation, avec son acte.",
    ),
    (Role.AUDITOR,): (
        "Vous lisez tout ce qui n’est ni scellé ni secret, jusqu’à une date de fin.",
    ),
    (Role.ADMINISTRATOR,): (
        "Vous tenez l’installation et veillez à la circulation des faits. Vous ne décidez de rien.",
    ),
    (Role.RESIDENT, Role.DEPARTMENT_AGENT, Role.PRINT_SERVICE, Role.ANNEXE_DESK, Role.RELAY): (
        "Vous voyez les comités et les structures, et vous recevez des messages.",
        "Votre part vient avec le choix de l’action, la planification et la communication.",
    ),
}


def _of_each_role() -> list[dict[str, Any]]:
    return [
        {"title": ", ".join(role_label(role) for role in roles), "points": list(says)}
        for roles, says in _ROLES.items()
    ]


_FOR_PROGRAMS: dict[str, Any] = {
    "title": "Brancher le logiciel d’un service de la ville",
    "paragraphs": [
        (
            "Les logiciels des services peuvent lire les faits, sans le nom de personne. "
            "L’essai est libre ; l’accès se demande."
        )
    ],
    "link": {"label": "Les événements de la ville, pour les développeurs", "href": "/integration/"},
}

HELP: dict[str, Any] = {
    "title": "Aide et règles",
    "lead": "Qui fait quoi, et à qui demander quand on est arrêté.",
    "sections": [*_BEFORE, *_of_each_role(), _FOR_PROGRAMS],
}
