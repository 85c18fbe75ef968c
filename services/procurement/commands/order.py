"""What a purchase order says, as text for its document."""

from datetime import date
from decimal import Decimal
from typing import Any

from services.procurement.model import Purchase, in_euros
from services.procurement.model.money import amount_of


def order_document(purchase: Purchase, number: str, today: date, signer: str) -> dict[str, Any]:
    """The data of ``documents/order.typ``; everything is text."""
    quote, sums = purchase.order, purchase.order.totals
    shares = [
        {"label": f"TVA {_plain(share.rate)} %", "value": in_euros(share.amount)}
        for share in sums.shares
    ]
    return {
        "title": f"Bon de commande {number}",
        "date": {"year": today.year, "month": today.month, "day": today.day},
        "buyer": "Ville",
        "department": "Direction de la Promotion Citoyenne et des CAC",
        "siret": "",
        "supplier": {"name": quote.supplier, "identifier": f"SIREN {quote.siren}"},
        "facts": _facts(purchase, number, today),
        "lines": [
            {
                "label": line.label,
                "quantity": _plain(line.quantity),
                "unit": line.unit,
                "price": in_euros(line.unit_price_excl_tax),
                "amount": in_euros(amount_of(line)),
            }
            for line in quote.lines
        ],
        "totals": [
            {"label": "Total HT", "value": in_euros(sums.excl_tax)},
            *shares,
            {"label": "Total TTC", "value": in_euros(sums.incl_tax)},
        ],
        "reminders": [
            f"Bon de commande {number}",
            f"Engagement {purchase.commitment_number}",
            "La facture est déposée sur Chorus Pro ; elle n’est payée qu’après service fait.",
            "Des conditions environnementales d’exécution s’appliquent à cette commande.",
        ],
        "signature": f"Signé le {today:%d/%m/%Y} par {signer}, par délégation.",
    }


def _facts(purchase: Purchase, number: str, today: date) -> list[dict[str, str]]:
    pairs = (
        ("Objet", purchase.title),
        ("Numéro", number),
        ("Engagement", purchase.commitment_number or ""),
        ("Date", f"{today:%d/%m/%Y}"),
        ("Lieu de livraison", purchase.place),
        ("À livrer avant le", f"{purchase.needed_by:%d/%m/%Y}"),
    )
    return [{"label": label, "value": value} for label, value in pairs]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
