"""Fields of forms and of the API, each with its sentence in French when it is not understood."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validate

from shared.web.formats.dates import MONTHS

REQUIRED = "Répondez à cette question."
# Blanks stand between groups of three figures only, and the sign of the euro at the end: read
# any other way, « 12€50 » would be twelve hundred and fifty euros.
_BLANKS = " \u00a0\u202f"
_FIGURES = re.compile(rf"(?:[0-9]+|[0-9]{{1,3}}(?:[{_BLANKS}][0-9]{{3}})+)(?:[.,][0-9]+)?")


def _figures(text: str) -> str | None:
    """A number as people write it, in the form that Python reads; None when it is not one."""
    if not _FIGURES.fullmatch(text):
        return None
    return text.translate(str.maketrans(",", ".", _BLANKS))


def _messages(**more: str) -> dict[str, Any]:
    return {"required": REQUIRED, "null": REQUIRED, **more}


class Text(fields.String):
    """A text without surrounding blanks; ``most`` characters at most, not empty if required."""

    default_error_messages = _messages(invalid="Écrivez du texte.", too_long="C’est trop long.")

    def __init__(self, *, most: int = 2000, **options: Any) -> None:
        super().__init__(**options)
        self.most = most
        self.metadata = {"maxLength": most, **self.metadata}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **options).strip()
        if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
            raise self.make_error("invalid")
        if len(text) > self.most:
            raise ValidationError(
                f"Écrivez {self.most} caractères au plus (vous en avez {len(text)})."
            )
        if self.required and not text:
            raise self.make_error("required")
        return text


class Line(Text):
    """A text on one line, however many were typed: a field on a phone shows it whole."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        return " ".join(super()._deserialize(value, attr, data, **options).split())


class Amount(fields.Field[Decimal]):
    """Euros with at most two decimals, as text: ``"1974.70"``; a JSON number is refused.

    Forms may write « 1 974,70 ». ``positive`` refuses zero as well as what is below it.
    """

    default_error_messages = _messages(
        number='Un montant s’écrit entre guillemets, par exemple "12.50".',
        invalid="Écrivez un montant, par exemple 1 974,70.",
        decimals="Un montant a deux décimales au plus.",
        negative="Un montant ne peut pas être négatif.",
        zero="Ce montant doit être plus grand que zéro.",
        huge="Ce montant est trop grand.",
    )

    def __init__(self, *, positive: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.positive = positive
        self.metadata = {"pattern": r"^\d{1,12}(\.\d{1,2})?$", **self.metadata}

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> str | None:
        return None if value is None else f"{value:.2f}"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Decimal:
        if not isinstance(value, str):
            raise self.make_error("number")
        text = value.strip().removesuffix("€").strip()
        if not text and self.required:
            raise self.make_error("required")
        if text.startswith(("-", "\u2212")) and _figures(text[1:].strip()):
            raise self.make_error("negative")
        figures = _figures(text)
        if figures is None:
            raise self.make_error("invalid")
        whole, _, decimals = figures.partition(".")
        if len(decimals) > 2:
            raise self.make_error("decimals")
        if len(whole.lstrip("0")) > 12:
            raise self.make_error("huge")
        if self.positive and Decimal(figures) == 0:
            raise self.make_error("zero")
        return Decimal(figures).quantize(Decimal("0.01"))


class Quantity(fields.Field[Decimal]):
    """A quantity with at most ``decimals`` decimals, as text or as a whole number; above zero,
    or ``zero`` too."""

    default_error_messages = _messages(
        invalid="Écrivez une quantité, par exemple 12 ou 2,5.",
        zero="La quantité doit être plus grande que zéro.",
        decimals="Deux décimales au plus, par exemple 2,25.",
    )

    def __init__(self, *, zero: bool = False, decimals: int = 3, **options: Any) -> None:
        super().__init__(**options)
        self.zero, self.decimals = zero, decimals

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> str | None:
        return None if value is None else format(value.normalize(), "f")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Decimal:
        text = "" if isinstance(value, bool | float) else str(value).strip()
        if value == "" and self.required:
            raise self.make_error("required")
        figures = _figures(text)
        if figures is None or not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,3})?", figures):
            raise self.make_error("invalid")
        if len(figures.partition(".")[2]) > self.decimals:
            raise self.make_error("decimals")
        if Decimal(figures) == 0 and not self.zero:
            raise self.make_error("zero")
        return Decimal(figures)


class Day(fields.Date):
    """A day, as ``2027-03-20`` or ``20/03/2027``; one that no calendar has is named back."""

    default_error_messages = _messages(invalid="Écrivez une date, par exemple 20/03/2027.")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> date:
        if value == "" and self.required:
            raise self.make_error("required")
        try:
            # What a browser without a calendar lets people type.
            if written := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", str(value).strip()):
                value = f"{written[3]}-{written[2]:0>2}-{written[1]:0>2}"
            if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                raise self.make_error("invalid")
            return date.fromisoformat(value)
        except ValueError as error:
            if isinstance(error, ValidationError):
                raise
            year, month, day = value.split("-")
            if 1 <= int(month) <= 12:
                text = f"Le {int(day)} {MONTHS[int(month) - 1]} {year} n’existe pas."
                raise ValidationError(text) from error
            raise self.make_error("invalid") from error


class Number(fields.Integer):
    """A whole number between ``least`` and ``most``."""

    default_error_messages = _messages(
        invalid="Écrivez un nombre entier.", too_large="Ce nombre est trop grand."
    )

    def __init__(self, *, least: int = 0, most: int = 10**9, **options: Any) -> None:
        bounds = validate.Range(least, most, error=f"Écrivez un nombre entre {least} et {most}.")
        super().__init__(validate=bounds, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> int:
        if value == "" and self.required:
            raise self.make_error("required")
        if isinstance(value, float):
            raise self.make_error("invalid")
        if isinstance(value, str) and not re.fullmatch(r"\s*[+-]?[0-9]{1,18}\s*", value):
            raise self.make_error("invalid")
        number: int = super()._deserialize(value, attr, data, **options)
        return number


class Id(fields.UUID):
    """The id of something."""

    default_error_messages = _messages(invalid_uuid="Choisissez dans la liste.")


class Choice(fields.Field[Any]):
    """One of the values of a StrEnum, or of a mapping from value to label."""

    default_error_messages = _messages(choice="Choisissez dans la liste.")

    def __init__(self, of: type[StrEnum] | Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.of = of
        self.metadata = {"enum": [str(value) for value in of], **self.metadata}

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        if value == "" and self.required:
            raise self.make_error("required")
        if not isinstance(value, str):
            raise self.make_error("choice")
        if isinstance(self.of, Mapping):
            if value not in self.of:
                raise self.make_error("choice")
            return value
        try:
            return self.of(value)
        except ValueError as error:
            raise self.make_error("choice") from error


class Yes(fields.Boolean):
    """A ticked box (absent means no)."""

    default_error_messages = _messages(invalid="Cochez ou décochez.")


class Nested(fields.Nested):
    """A group of answers, described by a schema of its own."""

    default_error_messages = _messages(type="Envoyez un objet JSON.")


class List(fields.List[Any]):
    """Several answers of the same kind; not empty if required."""

    default_error_messages = _messages(invalid="Envoyez une liste.")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Any]:
        found: list[Any] = super()._deserialize(value, attr, data, **options)
        if self.required and not found:
            raise self.make_error("required")
        return found


def register(api: Any) -> None:
    """Tell apispec's marshmallow plugin how our own fields are written in OpenAPI."""
    for field in (Amount, Quantity, Choice):
        api.register_field(field, "string", None)
