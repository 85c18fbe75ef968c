"""Suppliers: one list for the whole city, by SIREN; an establishment has a SIRET."""

from dataclasses import dataclass
from uuid import UUID

from services.procurement.events import SupplierNamed
from services.procurement.model.refusals import WrongValue
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False)
class Supplier(Aggregate):
    """An organisation that sells; ``siret`` is None when only the SIREN is known."""

    id: UUID
    name: str
    siren: str
    siret: str | None = None
    why_no_siret: str = ""
    version: int = 1

    @classmethod
    def name_one(cls, supplier: "Supplier") -> "Supplier":
        """List it; refuses a SIREN alone without a sentence that says why."""
        if not supplier.siret and not supplier.why_no_siret.strip():
            text = "Dites en une phrase pourquoi le SIRET n’est pas connu."
            raise WrongValue(text, fields={"why_no_siret": text})
        supplier.record(
            SupplierNamed(
                supplier_id=supplier.id,
                name=supplier.name,
                siren=supplier.siren,
                siret=supplier.siret,
            )
        )
        return supplier
