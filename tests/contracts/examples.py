"""Writes an example message of each event that has none: ``python -m tests.contracts.examples``.

An example is a CloudEvent in structured JSON, as departments receive it. What was committed is
never changed nor deleted: it stands for the messages that the log holds for ever. A field added
later is shown by a second example (0002.json), written by hand or by this with ``--again <type>``.
"""

import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from services.__main__ import product as product
from shared.log.catalogue import example
from shared.log.wire import encode

FOLDER = Path(__file__).parent
SOURCE = "https://rond-koze.example"
TIME = datetime(2027, 3, 20, 6, 30, tzinfo=UTC)
WORDS: dict[str, object] = {
    "act_reference": "Arrêté 2027-118",
    "amount_excl_tax": Decimal("1820.00"),
    "amount_incl_tax": Decimal("1974.70"),
    "awaited_role": "delegate",
    "brings": "Une salle de 40 places et des tables",
    "ceiling_incl_tax": Decimal("4000.00"),
    "commitment_number": "2027-00031",
    "content_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "delivery_date": date(2027, 4, 14),
    "due": date(2027, 3, 27),
    "families": "Alimentation",
    "family": "Alimentation",
    "identifier": "W9R1000000",
    "label": "Samoussas, plateau de 50",
    "ledger_seq": 12,
    "link": "/procurement/achats",
    "media_type": "application/pdf",
    "name": "Comité d’action citoyenne Bas de la Rivière",
    "needed_by": date(2027, 4, 17),
    "number": "2027-0012",
    "on_behalf_of": "Le maire",
    "organisation": "Association Lantant",
    "owner": "procurement",
    "place": "Place du Bas de la Rivière",
    "quality": "delegate",
    "quantity": Decimal(4),
    "quartier": "Bas de la Rivière",
    "reason": "Le quartier rejoint le comité voisin",
    "reserves": "Un plateau manquant",
    "role": "lead",
    "scope": "sector:Centre",
    "sector": "Centre",
    "service": "procurement",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "since": date(2027, 1, 1),
    "siren": "130005481",
    "siret": "13000548100010",
    "size": 48213,
    "stream": "cac.facts",
    "supplier": "Traiteur Kartié",
    "text": "Un devis attend votre visa",
    "title": "Repas partagé du quartier",
    "unit": "plateau",
    "unit_price_excl_tax": Decimal("455.00"),
    "until": date(2027, 12, 31),
    "vat": Decimal("154.70"),
    "vat_rate": Decimal("8.5"),
    "why": "Le délai de livraison dépasse le jour de l’action",
    "year": 2027,
}
OF: dict[str, dict[str, object]] = {
    "CommitteeCreated": {"number": 7},
    "PersonNamed": {"name": "Anne Payet"},
    "SupplierNamed": {"name": "Traiteur Kartié"},
    "PurchaseStepPassed": {"reason": "Conforme au besoin"},
    "InvoiceReceived": {"number": "F-2027-88"},
    "StrategyAdopted": {
        "public": "Les familles de l’école",
        "place": "Sortie d’école",
        "message": "Samedi, on mange ensemble : amenez un plat !",
        "support": "flyer",
        "quantity": 300,
        "gates": "flyer",
        "edition": 2,
    },
    "PrintRequested": {"title": "Flyers du repas", "support": "flyer", "quantity": 300},
    "PrintAccepted": {"hours": Decimal("6.50")},
    "PrintRefused": {"why": "Le texte ne dit ni le lieu ni l’heure"},
    "PrintScheduled": {"week": date(2027, 3, 29), "ready_by": date(2027, 4, 2)},
    "PrintUnscheduled": {"why": "Le jour de l’action a changé"},
    "PrintPurchaseNeeded": {
        "title": "Banderole du repas",
        "label": "Banderole, 3 × 1 m",
        "quantity": Decimal(1),
        "unit": "pièce",
        "details": "Format 3 × 1 m, bâche, en couleurs.",
        "priority": 2,
    },
    "ProofPublished": {"edition": 1, "owner": "communication"},
    "ProofApproved": {
        "edition": 1,
        "file_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
    "PrintDelivered": {"quantity": 300, "on": date(2027, 4, 2)},
    "PrintCancelled": {"why": "Le comité s’en passe"},
    "CampaignLaunched": {
        "zones": "Rue des Manguiers",
        "starts": date(2027, 4, 5),
        "ends": date(2027, 5, 8),
        "ready": "flyer",
        "what": "poster",
        "why": "Les affiches arrivent après le début : on commence par le porte-à-porte",
    },
    "DistributionReported": {
        "support": "flyer",
        "zone": "Rue des Manguiers",
        "count": 120,
        "left": 180,
    },
    "CampaignEnded": {"reach": 280, "why": "L’action a eu lieu."},
}


def known():
    """Every class of event that this build can meet on the log."""
    return {cls.type: cls for cls in product.known}


def message(cls):
    """An example of ``cls`` as a CloudEvent in structured JSON."""
    event = example(cls, WORDS | OF.get(cls.__name__, {}))
    owner = cls.type.split(".")[1]
    attributes = {
        "specversion": "1.0",
        "id": str(uuid5(NAMESPACE_URL, cls.type)),
        "type": cls.type,
        "source": f"{SOURCE}/{owner}",
        "time": TIME.isoformat(),
        "partitionkey": event.key(),
        "correlationid": str(uuid5(NAMESPACE_URL, "journey")),
        "datacontenttype": "application/json",
    }
    if event.subject():
        attributes["subject"] = event.subject()
    return attributes | {"data": json.loads(encode(event))}


def write(again=()):
    """Write what is missing; says which files."""
    for kind, cls in known().items():
        folder = FOLDER / kind
        kept = sorted(folder.glob("*.json"))
        if not kept or kind in again:
            folder.mkdir(exist_ok=True)
            file = folder / f"{len(kept) + 1:04}.json"
            text = json.dumps(message(cls), ensure_ascii=False, indent=2)
            file.write_text(text + "\n", encoding="utf-8")
            print(file.relative_to(FOLDER))


if __name__ == "__main__":
    write(again=sys.argv[2:])
