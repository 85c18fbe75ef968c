"""The family of purchases that a kind of need is put in until procurement says better."""

from services.procurement.events import Category, NeedKind

_SUPPLIES, _SERVICES = Category.SUPPLIES, Category.SERVICES

FAMILIES: dict[NeedKind, tuple[Category, str]] = {
    NeedKind.EQUIPMENT: (_SUPPLIES, "matériel"),
    NeedKind.HIRE: (_SERVICES, "location"),
    NeedKind.FOOD: (_SERVICES, "repas"),
    NeedKind.PERFORMANCE: (_SERVICES, "animation"),
    NeedKind.TRANSPORT: (_SERVICES, "transport"),
    NeedKind.SECURITY: (_SERVICES, "sécurité"),
    NeedKind.PRINT: (_SUPPLIES, "impression"),
    NeedKind.OTHER: (_SERVICES, "divers"),
}
