"""What the workshop must know before it begins: complete, or refused naming what is missing."""

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from services.communication.model.words import Colours, Paper, Support

SHOWN_OUTSIDE = frozenset({Support.POSTER, Support.SIGN, Support.BANNER})
WHITE = frozenset({Paper.WHITE, Paper.RECYCLED})


@dataclass(frozen=True)
class Brief:
    """A print as it is asked for, with what the law wants checked before a proof (K24).

    ``logo`` says which version of the City's logo is used; ``contact`` is a member who can be
    asked. Everything may be missing as long as it is a draft.
    """

    title: str
    support: Support
    quantity: int | None = None
    page_format: str = ""
    colours: Colours | None = None
    paper: Paper | None = None
    text: str = ""
    zones: str = ""
    place: str = ""
    needed_by: date | None = None
    contact: UUID | None = None
    logo: str = ""
    printer_mention: bool = False
    french_text: bool = False
    image_rights: bool = False

    def missing(self) -> dict[str, str]:
        """By field, what the workshop would have to ask."""
        found = {name: sentence for name, sentence in _SENTENCES.items() if not getattr(self, name)}
        black_on_white = self.colours is Colours.BLACK and self.paper in WHITE
        if black_on_white and self.support in SHOWN_OUTSIDE:
            found["colours"] = (
                "Une affiche en noir sur blanc est réservée aux actes officiels "
                "(loi du 29 juillet 1881, article 15) : choisissez une couleur."
            )
        return found


_SENTENCES = {
    "title": "Donnez un titre à la demande.",
    "quantity": "Dites combien d’exemplaires.",
    "page_format": "Dites le format : A5, A3, 2 × 1 m…",
    "colours": "Choisissez les couleurs.",
    "paper": "Choisissez le papier ou le support.",
    "text": "Écrivez le texte à imprimer.",
    "zones": "Dites pour qui et dans quelles zones.",
    "place": "Dites où livrer.",
    "needed_by": "Dites pour quel jour.",
    "contact": "Choisissez la personne à joindre.",
    "logo": "Dites quelle version du logo de la Ville est utilisée.",
    "printer_mention": "La mention de l’imprimeur, ou « Imprimé par nos soins », est obligatoire.",
    "french_text": "Le texte est en français, même s’il est aussi en créole.",
    "image_rights": "Les droits des images sont acquis, ou il n’y a pas d’image.",
}

NAMES = tuple(field.name for field in fields(Brief))
"""The fields of a brief, which a request holds under the same names."""
