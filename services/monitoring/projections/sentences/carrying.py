"""What planning says: the day, tasks, needs and their answers, the end."""

from services.monitoring.projections.sentences.saying import COLON, because, sentence
from services.planning import events as planning
from services.planning.events import RelayAnswer, WhyMoved
from shared.web.formats import day, plural

ANSWERS = {
    RelayAnswer.YES: "oui",
    RelayAnswer.NO: "non",
    RelayAnswer.LATER: "plus tard",
    RelayAnswer.OTHER: "autre chose",
}
WHYS = {
    WhyMoved.COMMITTEE: "décision du comité",
    WhyMoved.CYCLONE: "alerte cyclonique",
    WhyMoved.WEATHER: "météo",
    WhyMoved.PLACE: "le lieu n’est pas libre",
    WhyMoved.OTHER: "autre motif",
}


@sentence.register
def _plan_adopted(e: planning.PlanAdopted) -> str:
    fallback = f", repli {day(e.fallback_day, weekday=False)}" if e.fallback_day else ""
    return f"Plan adopté{COLON} Jour J {day(e.day, weekday=False)}{fallback}"


@sentence.register
def _day_moved(e: planning.ActionDayMoved) -> str:
    tight = f" ; {plural(e.tight, 'tâche')} ne tiennent plus" if e.tight else ""
    return f"Jour J déplacé au {day(e.day, weekday=False)}{COLON} {WHYS[e.why]}{tight}"


@sentence.register
def _action_cancelled(e: planning.ActionCancelled) -> str:
    return f"Action annulée{because(e.reason)}"


@sentence.register
def _installation_signed(e: planning.InstallationSigned) -> str:
    reserves = f", avec réserves{because(e.reserves)}" if e.reserves else ""
    return f"Installation signée{COLON} {e.place}{reserves}"


@sentence.register
def _action_held(e: planning.ActionHeld) -> str:
    return f"Jour J tenu{COLON} {plural(e.attendance, 'personne')}"


@sentence.register
def _action_reviewed(e: planning.ActionReviewed) -> str:
    people = plural(e.attendance, "personne")
    return f"Bilan partagé{COLON} {people}, {plural(e.volunteers, 'bénévole')}"


@sentence.register
def _action_closed(_: planning.ActionClosed) -> str:
    return "Action close, plus rien n’est ouvert"


@sentence.register
def _task_assigned(e: planning.TaskAssigned) -> str:
    return f"Tâche prise{COLON} {e.title}"


@sentence.register
def _task_handed_back(e: planning.TaskHandedBack) -> str:
    return f"Tâche rendue, à reprendre{COLON} {e.title}"


@sentence.register
def _task_moved(e: planning.TaskMoved) -> str:
    return f"Tâche pour le {day(e.due, weekday=False)}{COLON} {e.title}"


@sentence.register
def _task_done(e: planning.TaskDone) -> str:
    return f"Tâche faite{COLON} {e.title}"


@sentence.register
def _task_reopened(e: planning.TaskReopened) -> str:
    return f"Tâche à refaire{COLON} {e.title}"


@sentence.register
def _task_blocked(e: planning.TaskBlocked) -> str:
    return f"Tâche bloquée, {e.title}{because(e.why)}"


@sentence.register
def _task_unblocked(e: planning.TaskUnblocked) -> str:
    return f"Tâche débloquée{COLON} {e.title}"


@sentence.register
def _help_requested(e: planning.HelpRequested) -> str:
    return f"Coup de main demandé, {plural(e.hands, 'personne')}{COLON} {e.title}"


@sentence.register
def _stand_in_found(e: planning.StandInFound) -> str:
    return f"Relève trouvée{COLON} {e.title}"


@sentence.register
def _supplier_needed(e: planning.SupplierNeeded) -> str:
    return f"Besoin d’achat{COLON} {e.title}"


@sentence.register
def _print_needed(e: planning.PrintNeeded) -> str:
    return f"Besoin d’impression{COLON} {e.title}"


@sentence.register
def _service_needed(e: planning.ServiceNeeded) -> str:
    return f"Demande à {e.department}{COLON} {e.title}"


@sentence.register
def _relay_asked(e: planning.RelayAsked) -> str:
    return f"Demande à {e.organisation}{COLON} {e.what}"


@sentence.register
def _need_changed(e: planning.NeedChanged) -> str:
    return f"Besoin déplacé au {day(e.needed_by, weekday=False)}{because(e.why)}"


@sentence.register
def _need_withdrawn(e: planning.NeedWithdrawn) -> str:
    return f"Besoin retiré{because(e.why)}"


@sentence.register
def _service_accepted(e: planning.ServiceAccepted) -> str:
    return f"{e.department} accepte{because(e.conditions)}"


@sentence.register
def _service_declined(e: planning.ServiceDeclined) -> str:
    return f"{e.department} ne peut pas{because(e.why)}"


@sentence.register
def _relay_answered(e: planning.RelayAnswered) -> str:
    words = f", {e.words}" if e.words else ""
    return f"{e.organisation} répond{COLON} {ANSWERS[e.answer]}{words}"


@sentence.register
def _answer_overdue(e: planning.AnswerOverdue) -> str:
    return f"Sans réponse depuis le {day(e.answer_by, weekday=False)}{COLON} {e.asked}"
