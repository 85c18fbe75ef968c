"""The rules in force at installation, each with its source: rows that the city verifies and dates.

The legal thresholds come from the Code de la commande publique as amended by décret 2025-1386;
the internal grid is a proposal (usage, not law).
"""

import uuid
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_CCP = "Code de la commande publique, "
_DECREE = " (décret 2025-1386)"
_GRID = "Grille interne proposée (usage, non obligation légale)"

# key, category, value in hundredths, unit, text, source, from, to
ROWS = (
    ("dispense", "supplies", 4000000, "EUR HT", "Moins de 40 000 € HT : dispense de publicité", _CCP + "R2122-8", "2020-01-01", "2026-03-31"),
    ("dispense", "services", 4000000, "EUR HT", "Moins de 40 000 € HT : dispense de publicité", _CCP + "R2122-8", "2020-01-01", "2026-03-31"),
    ("dispense", "supplies", 6000000, "EUR HT", "Moins de 60 000 € HT : dispense de publicité", _CCP + "R2122-8" + _DECREE, "2026-04-01", None),
    ("dispense", "services", 6000000, "EUR HT", "Moins de 60 000 € HT : dispense de publicité", _CCP + "R2122-8" + _DECREE, "2026-04-01", None),
    ("dispense", "works", 10000000, "EUR HT", "Travaux de moins de 100 000 € HT : dispense de publicité", _CCP + "R2122-8" + _DECREE, "2026-01-01", None),
    ("free-publicity", "", 9000000, "EUR HT", "Moins de 90 000 € HT : publicité libre ; au-delà, avis", _CCP + "R2131-12", "2020-01-01", None),
    ("formal", "supplies", 22100000, "EUR HT", "À partir de 221 000 € HT : procédure formalisée", "Seuils européens 2024-2025", "2024-01-01", "2025-12-31"),
    ("formal", "services", 22100000, "EUR HT", "À partir de 221 000 € HT : procédure formalisée", "Seuils européens 2024-2025", "2024-01-01", "2025-12-31"),
    ("formal", "works", 553800000, "EUR HT", "À partir de 5 538 000 € HT : procédure formalisée", "Seuils européens 2024-2025", "2024-01-01", "2025-12-31"),
    ("formal", "supplies", 21600000, "EUR HT", "À partir de 216 000 € HT : procédure formalisée", "Seuils européens 2026-2027", "2026-01-01", "2027-12-31"),
    ("formal", "services", 21600000, "EUR HT", "À partir de 216 000 € HT : procédure formalisée", "Seuils européens 2026-2027", "2026-01-01", "2027-12-31"),
    ("formal", "works", 540400000, "EUR HT", "À partir de 5 404 000 € HT : procédure formalisée", "Seuils européens 2026-2027", "2026-01-01", "2027-12-31"),
    ("written-contract", "", 2500000, "EUR HT", "À partir de 25 000 € HT : contrat écrit", _CCP + "R2112-1", "2020-01-01", None),
    ("environmental-criterion", "", 100, "critère", "Au moins un critère environnemental quand plusieurs devis se comparent", _CCP + "R2152-7, version du 21 août 2026", "2026-08-21", None),
    ("quotes-asked-from", "", 100000, "EUR", "À partir de 1 000 € : plusieurs fournisseurs interrogés", _GRID, "2020-01-01", None),
    ("quotes-asked", "", 300, "fournisseurs", "Trois fournisseurs interrogés", _GRID, "2020-01-01", None),
    ("rotation-running", "", 300, "achats", "Même fournisseur retenu trois fois de suite : dire pourquoi", _CCP + "R2122-8 (ne pas contracter systématiquement avec le même) ; nombre proposé", "2020-01-01", None),
    ("rotation-share", "", 6000, "%", "Plus de 60 % d’une famille en douze mois : dire pourquoi", _CCP + "R2122-8 ; part proposée", "2020-01-01", None),
    ("warn-share", "", 8000, "%", "Alerte à 80 % d’un seuil", "Réglage proposé", "2020-01-01", None),
    ("low-offer", "", 3000, "%", "Devis inférieur de 30 % aux autres : demander une justification", _CCP + "R2152-3 ; part proposée", "2020-01-01", None),
    ("vat-rate", "", 0, "%", "TVA non applicable, avec le texte qui en exonère", "CGI, article 293 B", "2020-01-01", None),
    ("vat-rate", "", 105, "%", "TVA 1,05 % à La Réunion", "BOI-TVA-GEO-20-10", "2020-01-01", None),
    ("vat-rate", "", 175, "%", "TVA 1,75 % à La Réunion", "BOI-TVA-GEO-20-10", "2020-01-01", None),
    ("vat-rate", "", 210, "%", "TVA réduite 2,1 % à La Réunion", "BOI-TVA-GEO-20-10", "2020-01-01", None),
    ("vat-rate", "", 850, "%", "TVA normale 8,5 % à La Réunion", "BOI-TVA-GEO-20-10", "2020-01-01", None),
    ("payment-days", "", 3000, "jours", "Paiement sous trente jours", _CCP + "R2192-10", "2020-01-01", None),
    ("order-lead", "", 1000, "jours ouvrés", "Commander dix jours ouvrés avant la date voulue", "Réglage proposé", "2020-01-01", None),
)  # fmt: skip

_NAMESPACE = uuid.UUID("5b1f2c0e-6a0f-4c43-9d2e-8f2b0f3f7a11")


def upgrade() -> None:
    """Insert the rows; their ids derive from what they say, so that every database has the same."""
    table = sa.table(
        "procedure_rules",
        *(
            sa.column(name, kind)
            for name, kind in (
                ("id", sa.Uuid()),
                ("version", sa.Integer()),
                ("key", sa.String()),
                ("category", sa.String()),
                ("value", sa.BigInteger()),
                ("unit", sa.String()),
                ("text", sa.Text()),
                ("source", sa.Text()),
                ("valid_from", sa.Date()),
                ("valid_to", sa.Date()),
            )
        ),
    )
    op.bulk_insert(table, [_row(*row) for row in ROWS])


def _row(
    key: str,
    category: str,
    value: int,
    unit: str,
    text: str,
    source: str,
    valid_from: str,
    valid_to: str | None,
) -> dict[str, object]:
    return {
        "id": uuid.uuid5(_NAMESPACE, f"{key}/{category}/{value}/{valid_from}"),
        "version": 1,
        "key": key,
        "category": category,
        "value": value,
        "unit": unit,
        "text": text,
        "source": source,
        "valid_from": date.fromisoformat(valid_from),
        "valid_to": date.fromisoformat(valid_to) if valid_to else None,
    }


def downgrade() -> None:
    """Forget them all."""
    op.execute("DELETE FROM procedure_rules")
