"""What is asked, and whether what was said answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.diagnostic.events import Theme
from services.diagnostic.model.refusals import AnswerUnclear, wrong
from services.diagnostic.model.words import Kind

MOST_WORDS = 2000
"""Characters of an answer: some minutes of talk."""
MOST_QUESTIONS = 12
MOST_CHOICES = 12
HEARD = "heard"
"""The key of what a member noted beside the questions."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question; what is said to one of ``SEVERAL`` choices is kept a choice a line."""

    key: str
    text: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    required: bool = False

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Question":
        """A question as it is kept."""
        return cls(**{**kept, "kind": Kind(kept["kind"]), "choices": tuple(kept["choices"])})

    def kept(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "key": self.key,
            "text": self.text,
            "kind": str(self.kind),
            "choices": list(self.choices),
            "required": self.required,
        }

    def fault(self, said: str) -> str:
        """What is wrong with ``said``, in a sentence; nothing when it answers."""
        if len(said) > MOST_WORDS:
            return f"Écrivez {MOST_WORDS} caractères au plus (vous en avez {len(said)})."
        chosen = said.split("\n") if self.kind is Kind.SEVERAL else [said]
        if said and self.kind is not Kind.TEXT and not set(chosen) <= set(self.choices):
            return "Choisissez parmi les réponses proposées."
        return ""


_WHAT = {
    Theme.CULTURE: "Côté culture et fêtes, que manque-t-il le plus ici ?",
    Theme.SOLIDARITY: "Côté entraide, que manque-t-il le plus ici ?",
    Theme.SURROUNDINGS: "Côté cadre de vie, que manque-t-il le plus ici ?",
    Theme.ANY: "Qu’est-ce qui manque le plus dans votre quartier ?",
}
_MISSING = {
    Theme.CULTURE: (
        "Des fêtes et de la musique",
        "Des spectacles près de chez nous",
        "Des livres et des jeux pour les enfants",
        "Un lieu pour répéter, danser, peindre",
        "Raconter l’histoire du quartier",
    ),
    Theme.SOLIDARITY: (
        "Des visites aux personnes âgées",
        "De la garde entre familles",
        "Des repas partagés",
        "Une aide pour les papiers",
        "Un lieu pour se retrouver",
    ),
    Theme.SURROUNDINGS: (
        "Un endroit à l’ombre pour s’asseoir",
        "Une ravine propre",
        "Des rues calmes et éclairées",
        "Des plantes et des jardins",
        "Des murs moins gris",
    ),
    Theme.ANY: (
        "Un endroit à l’ombre pour s’asseoir",
        "Des activités pour les jeunes après l’école",
        "Des moments de fête entre voisins",
        "Une ravine propre",
        "De l’attention aux anciens",
    ),
}
_WHOM = ("Les enfants", "Les jeunes", "Les anciens", "Les familles", "Tout le monde")
_HELP = ("Oui", "Peut-être", "Non")


def usual_questions(theme: Theme) -> list[Question]:
    """The questions proposed for a theme; the group changes them before it opens."""
    missing = (*_MISSING[theme], "Autre chose", "Je ne sais pas")
    return [
        Question(key="missing", text=_WHAT[theme], kind=Kind.ONE, choices=missing, required=True),
        Question(key="whom", text="Pour qui surtout ?", kind=Kind.SEVERAL, choices=_WHOM),
        Question(key="words", text="Dites-le avec vos mots."),
        Question(key="idea", text="Avez-vous une idée, même petite ?"),
        Question(key="help", text="Donneriez-vous un coup de main ?", kind=Kind.ONE, choices=_HELP),
    ]


def questions_of(given: Sequence[dict[str, Any]]) -> list[Question]:
    """Questions as people write them, one choice a line; the first one must be answered.

    One that is left empty is taken away. Refuses none, too many, a question without words, and a
    choice among fewer than two.
    """
    asked: list[Question] = []
    for number, row in enumerate(given):
        lines = [line.strip() for line in (row.get("choices") or "").splitlines()]
        choices = tuple(dict.fromkeys(line for line in lines if line))
        text = (row.get("text") or "").strip()
        if text or choices:
            kind = Kind(row.get("kind") or Kind.TEXT)
            _check_question(f"questions-{number}", text, kind, choices)
            asked.append(_question(len(asked) + 1, text, kind, choices))
    if not 1 <= len(asked) <= MOST_QUESTIONS:
        raise wrong("questions", f"Posez entre une et {MOST_QUESTIONS} questions.")
    return asked


def _check_question(at: str, text: str, kind: Kind, choices: tuple[str, ...]) -> None:
    if not text:
        raise wrong(f"{at}-text", "Écrivez la question.")
    if kind is not Kind.TEXT and not 2 <= len(choices) <= MOST_CHOICES:
        sentence = f"Proposez entre deux et {MOST_CHOICES} réponses, une par ligne."
        raise wrong(f"{at}-choices", sentence)
    if kind is Kind.TEXT and choices:
        raise wrong(f"{at}-kind", "Choisissez : une seule réponse, ou plusieurs.")


def _question(place: int, text: str, kind: Kind, choices: tuple[str, ...]) -> Question:
    return Question(key=f"q{place}", text=text, kind=kind, choices=choices, required=place == 1)


def check_words(questions: Sequence[Question], words: dict[str, str], *, all_of: bool) -> None:
    """Refuse an unknown choice, too many words, and nothing at all.

    With ``all_of`` each required question is answered: who is met in the street, or writes on
    paper, answers as they like.
    """
    faults = {}
    for question in questions:
        said = words.get(question.key, "")
        fault = question.fault(said)
        if all_of and question.required and not said:
            fault = "Répondez à cette question."
        if fault:
            faults[question.key] = fault
    if not all_of and (fault := Question(key=HEARD, text="").fault(words.get(HEARD, ""))):
        faults[HEARD] = fault
    if not faults and not any(words.values()):
        faults[""] = "Répondez à au moins une question."
    if faults:
        raise AnswerUnclear("Corrigez ce qui est signalé, rien n’est perdu.", fields=faults)
