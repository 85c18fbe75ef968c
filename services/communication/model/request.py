"""A print request from its proof to the last copy handed out."""

from datetime import date
from uuid import UUID

from services.communication.events import PrintDelivered, ProofApproved, ProofPublished
from services.communication.model.delays import ROUNDS
from services.communication.model.papers import Doer, Handout, Proof
from services.communication.model.placing import Placing
from services.communication.model.refusals import (
    ProofReplaced,
    RoundsUsedUp,
    StockShort,
    need_reason,
    refuse_value,
)
from services.communication.model.steps import State, Step
from services.communication.model.words import Answer
from services.language import FileRef

MOST_COPIES = 1_000_000


class PrintRequest(Placing):
    """A print that a committee needs: brief, slot, proof, delivery, what was handed out."""

    def publish(self, doer: Doer, file: FileRef) -> Proof:
        """Publish a proof; an earlier approval was of other bytes and falls with it."""
        self.passage(Step.PUBLISH, doer)
        proof = Proof(
            edition=len(self.proofs) + 1,
            sha256=file.sha256,
            size=file.size,
            media_type=file.media_type,
            published_at=doer.at,
            published_by=doer.person,
        )
        self.proofs.append(proof)
        self.pass_to(Step.PUBLISH, doer, f"BAT n° {proof.edition}")
        self.record_fact(ProofPublished, edition=proof.edition, file=proof.file)
        return proof

    def approve(self, doer: Doer, seen: str) -> None:
        """Let these exact bytes be printed; ``seen`` is the hash that the page carried."""
        proof = self._seen(Step.APPROVE, doer, seen)
        proof.answered(doer, Answer.APPROVED)
        self.pass_to(Step.APPROVE, doer, f"BAT n° {proof.edition}")
        self.record_fact(ProofApproved, edition=proof.edition, file_hash=proof.sha256)

    def correct(self, doer: Doer, seen: str, reason: str, date_moves: bool) -> bool:
        """Ask for corrections; True when the slot is lost, which the third round must accept."""
        why = need_reason(reason)
        proof = self._seen(Step.CORRECT, doer, seen)
        if self.rounds >= ROUNDS and not date_moves:
            text = "Acceptez que la livraison soit plus tard, ou signez ce BAT."
            raise RoundsUsedUp(
                "Une troisième correction change la date de livraison.",
                rule=f"Le délai habituel compte {ROUNDS} tours de corrections.",
                missing=text,
                unblocks="Le référent du comité, en acceptant une autre date.",
                fields={"date_moves": text},
            )
        self.rounds += 1
        proof.answered(doer, Answer.CORRECTIONS, why)
        self.pass_to(Step.CORRECT, doer, why)
        return self.rounds > ROUNDS

    def _seen(self, step: Step, doer: Doer, seen: str) -> Proof:
        """The proof on the screen; refuses when another one took its place."""
        current = self.current
        if current is not None and seen != current.sha256:
            raise ProofReplaced(
                "Le BAT a été remplacé depuis que vous l’avez ouvert : rien n’est signé.",
                rule="Signer engage sur un fichier précis, celui que vous avez vu.",
                missing=f"Relisez le BAT n° {current.edition}, puis signez-le.",
                unblocks="Vous, en relisant le nouveau BAT.",
            )
        self.passage(step, doer)
        assert current is not None
        return current

    def print(self, doer: Doer) -> None:
        """Put it on the press: from here on no other proof takes the place of the one signed."""
        self.pass_to(Step.PRINT, doer)

    def deliver(self, doer: Doer, quantity: int, on: date) -> None:
        """Note what came; only what was signed is printed here."""
        self.passage(Step.DELIVER, doer)
        if on > doer.today:
            raise refuse_value("on", "Cette date n’est pas encore passée.")
        if not 0 < quantity <= MOST_COPIES:
            raise refuse_value("quantity", "Dites combien d’exemplaires sont livrés.")
        self.delivered, self.delivered_on = quantity, on
        self.pass_to(Step.DELIVER, doer, f"{quantity} exemplaires")
        self.record_fact(PrintDelivered, quantity=quantity, on=on)

    def hand_out(self, doer: Doer, handout_id: UUID, zone: str, count: int) -> Handout:
        """Note copies handed out in a zone; refuses more than there are."""
        if count <= 0:
            raise refuse_value("count", "Dites combien d’exemplaires, au-dessus de zéro.")
        if self.state is not State.DELIVERED or count > self.left:
            text = f"Il en reste {max(self.left, 0)}."
            raise StockShort(
                f"Il n’y a pas {count} exemplaires de « {self.title} » à distribuer.",
                rule="On distribue ce qui est livré et pas encore distribué.",
                missing=text,
                unblocks="Le Service communication, si une livraison n’est pas notée.",
                fields={"count": text},
            )
        self.handed_out += count
        handout = Handout(handout_id, zone.strip(), count, self.left, doer.at, doer.person)
        self.handouts.append(handout)
        return handout
