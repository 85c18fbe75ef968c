"""What the pages say of a road: its title, each of its steps, what stops it."""

from datetime import date
from typing import Any

from services.monitoring import queries
from shared.store.clock import LOCAL
from shared.web.formats import NBSP, day, plural, short_day

Row = dict[str, Any]

_LEGS = {"survey": "Écoute en cours", "choice": "Choix en cours"}
_MOVED = {
    "committee": "le comité l’a décidé",
    "cyclone": "cyclone",
    "weather": "météo",
    "place": "le lieu n’est pas libre",
    "other": "autre motif",
}


def leg_title(leg: Row | None) -> str:
    """What a committee lives, in a few words."""
    if leg is None:
        return ""
    if leg["leg"] == "survey" and leg["published_at"]:
        return "État des lieux publié"
    return _LEGS.get(leg["leg"]) or leg["title"] or "Action sans titre"


def leg_end(leg: Row) -> str:
    """How an action that is over came to its end."""
    if leg["closed_on"]:
        return f"close le {short_day(leg['closed_on'])}"
    if leg["stopped_at"]:
        return "annulée"
    return ""


def moved(leg: Row | None) -> str:
    """That the day was moved, and why, as long as it has not been held."""
    if leg is None or not leg["moved_from"] or leg["held_on"] or leg["stopped_at"]:
        return ""
    why = _MOVED.get(leg["moved_why"] or "", "autre motif")
    return f"Reporté du {short_day(leg['moved_from'])}{NBSP}: {why}"


def steps(road: list[Row], today: date) -> list[Row]:
    """The road as ``path_of_steps`` draws it, with what is known of each step in words."""
    return [
        {"name": step["name"], "state": step["state"], "text": _said(step, today)} for step in road
    ]


def _said(step: Row, today: date) -> str:
    known = step["known"]
    if not known:
        return ""
    say = (_listen, _choose, _share, _needs, _tell, _day, _review, _close)[step["number"] - 1]
    return say(known, today)


def _listen(leg: Row, today: date) -> str:
    if leg["published_at"]:
        return f"publié le {_on(leg['published_at'])}, {plural(leg['answers'], 'réponse')}"
    if leg["closed_at"]:
        return f"{plural(leg['answers'], 'réponse')}, à publier"
    return f"écoute jusqu’au {_on(leg['closes_on'])}" if leg["closes_on"] else ""


def _choose(leg: Row, today: date) -> str:
    if leg["outcome"] == "chosen":
        return f"{plural(leg['voted'], 'vote')}, clos le {_on(leg['vote_closed_at'])}"
    if leg["vote_closed_at"]:
        return "vote sans quorum" if leg["outcome"] == "no-quorum" else "vote à égalité"
    if leg["vote_closes_at"]:
        return f"vote jusqu’au {_on(leg['vote_closes_at'])}"
    if leg["charter_at"]:
        return "charte adoptée, vote à ouvrir"
    return f"idées jusqu’au {_on(leg['ideas_until'])}" if leg["ideas_until"] else ""


def _share(leg: Row, today: date) -> str:
    tasks = leg["tasks"]
    if not leg["adopted_at"]:
        return "plan à adopter"
    text = f"plan adopté le {_on(leg['adopted_at'])}"
    if tasks["count"]:
        text += f", {plural(tasks['count'], 'tâche prise', 'tâches prises')}"
    return text + (f", {plural(tasks['done'], 'faite')}" if tasks["done"] else "")


def _needs(known: Row, today: date) -> str:
    needs = known["needs"]
    count = sum(needs.values())
    if not count:
        return ""
    secured = needs.get("secured", 0)
    text = f"{secured} sur {plural(count, 'besoin assuré', 'besoins assurés')}"
    refused = needs.get("refused", 0)
    return text + (f", {refused} à trouver autrement" if refused else "")


def _tell(leg: Row, today: date) -> str:
    if leg["campaign_ended_at"]:
        return "campagne terminée"
    if leg["launched_at"]:
        return f"campagne lancée le {_on(leg['launched_at'])}"
    following = leg["next"]
    if not following or leg["held_on"]:
        return ""
    words = _small(queries.kind_of(following["kind"]).words)
    return words + (f" avant le {_on(following['due'])}" if following["due"] else "")


def _day(leg: Row, today: date) -> str:
    if leg["held_on"]:
        return f"tenu le {_on(leg['held_on'])}, {plural(leg['attendance'], 'personne')}"
    if not leg["day"]:
        wished = leg["wished_from"]
        return f"souhaité à partir du {_on(wished)}" if wished else ""
    fallback = f", repli le {_on(leg['fallback_day'])}" if leg["fallback_day"] else ""
    return f"{day(leg['day'], year=False)}{fallback}"


def _review(leg: Row, today: date) -> str:
    return f"partagé le {_on(leg['reviewed_at'])}" if leg["reviewed_at"] else ""


def _close(leg: Row, today: date) -> str:
    return f"le {_on(leg['closed_on'])}" if leg["closed_on"] else ""


def _small(words: str) -> str:
    """The words inside a sentence: only the first letter changes, an acronym stays."""
    return words[:1].lower() + words[1:]


def _on(moment: Any) -> str:
    return day(moment, weekday=False, year=False, zone=LOCAL)


def countdown(leg: Row | None, today: date) -> str:
    """How far the day is, as the head of « Mon comité » says it."""
    if leg is None or leg["leg"] != "action" or leg["closed_on"] or leg["stopped_at"]:
        return leg_end(leg).capitalize() if leg and leg["leg"] == "action" else ""
    if leg["held_on"]:
        return f"Le Jour J a eu lieu {day(leg['held_on'])}."
    if not leg["day"]:
        return "Le jour reste à fixer."
    away = (leg["day"] - today).days
    when = {0: "Aujourd’hui", 1: "Demain"}.get(away, f"Dans {away}{NBSP}jours")
    return f"{when if away >= 0 else 'Le Jour J est passé'}, {day(leg['day'])}."
