"""Suppliers and dated rules."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from stdnum.exceptions import ValidationError
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from services.procurement.model import Key, ProcedureRule, Supplier
from services.procurement.model.refusals import WrongValue
from shared.store.unit_of_work import UnitOfWork


def name_supplier(
    uow: UnitOfWork, *, name: str, identifier: str, why_no_siret: str = ""
) -> dict[str, Any]:
    """List a supplier by its SIRET, or by its SIREN alone with a sentence.

    Refuses a wrong number. The same SIRET gives the supplier that exists; the same SIREN warns.
    """
    siren, siret = _numbers(identifier)
    same = uow.find_all(Supplier, siren=siren)
    known = next((s for s in same if s.siret == siret), None)
    if known is not None:
        return {"id": known.id, "warning": f"Ce fournisseur est déjà connu : {known.name}."}
    supplier = Supplier(uow.new_id(), name.strip(), siren, siret, why_no_siret.strip())
    uow.add(Supplier.name_one(supplier))
    others = ", ".join(s.name for s in same)
    warning = f"Un autre établissement a le même SIREN : {others}." if same else ""
    return {"id": supplier.id, "warning": warning}


def _numbers(identifier: str) -> tuple[str, str | None]:
    try:
        number = siret_number.compact(identifier)
        if len(number) == 9:
            return siren_number.validate(number), None
        return siret_number.validate(number)[:9], number
    except ValidationError as error:
        text = "Ce numéro n’est pas un SIRET (14 chiffres) ni un SIREN (9 chiffres) valable."
        raise WrongValue(text, fields={"identifier": text}) from error


def record_rule(
    uow: UnitOfWork,
    *,
    key: Key,
    value: Decimal,
    unit: str,
    text: str,
    source: str,
    valid_from: date,
    category: str = "",
    valid_to: date | None = None,
) -> UUID:
    """Record a dated rule with its source; refuses one that overlaps another."""
    if valid_to is not None and valid_to < valid_from:
        sentence = "La fin vient après le début."
        raise WrongValue(sentence, fields={"valid_to": sentence})
    rule = ProcedureRule(
        id=uow.new_id(),
        key=key,
        category=category,
        value=value,
        unit=unit,
        text=text,
        source=source,
        valid_from=valid_from,
        valid_to=valid_to,
        verified_on=uow.today,
    )
    rule.refuse_overlap(uow.find_all(ProcedureRule, key=key))
    uow.add(rule)
    return rule.id


def end_rule(uow: UnitOfWork, *, rule_id: UUID, valid_to: date) -> None:
    """Give a rule its last day; the row stays, so that past decisions can be read again."""
    rule = uow.get(ProcedureRule, rule_id)
    if valid_to < rule.valid_from:
        sentence = "La fin vient après le début."
        raise WrongValue(sentence, fields={"valid_to": sentence})
    rule.valid_to = valid_to
    rule.refuse_overlap(uow.find_all(ProcedureRule, key=rule.key))
