"""What directory says."""

from services.directory import events as directory
from services.directory.mirror import role_label
from services.monitoring.projections.sentences.saying import COLON, sentence
from shared.web.formats import day, euros


@sentence.register
def _committee_created(e: directory.CommitteeCreated) -> str:
    return f"Comité créé{COLON} {e.name}, {e.quartier}"


@sentence.register
def _committee_closed(e: directory.CommitteeClosed) -> str:
    return f"Comité fermé le {day(e.on, weekday=False)}"


@sentence.register
def _role_granted(e: directory.RoleGranted) -> str:
    return f"Rôle donné{COLON} {role_label(e.role)}"


@sentence.register
def _role_revoked(e: directory.RoleRevoked) -> str:
    return f"Rôle terminé{COLON} {role_label(e.role)}"


@sentence.register
def _delegation_granted(e: directory.DelegationGranted) -> str:
    return f"Délégation de signature donnée, jusqu’à {euros(e.ceiling_incl_tax)}"


@sentence.register
def _delegation_revoked(e: directory.DelegationRevoked) -> str:
    return "Délégation de signature terminée"


@sentence.register
def _relay_listed(e: directory.RelayListed) -> str:
    return f"Structure inscrite{COLON} {e.organisation}"


@sentence.register
def _relay_updated(e: directory.RelayUpdated) -> str:
    return f"Fiche de structure mise à jour{COLON} {e.organisation}"
