"""Batches that failed and those who sent them: nothing may overtake what is to be sent again."""

from weakref import WeakSet

from shared.log.event_log import LogUnavailable, RecordTooLarge


class Failed:
    """A batch that has not been appended, or not as a whole."""

    def __init__(self, problem: LogUnavailable | RecordTooLarge) -> None:
        self._problem = problem
        self.told = False

    def wait(self, timeout: float) -> None:
        """Say what went wrong; there is nothing to wait for."""
        self.told = True
        raise self._problem


class Failures:
    """The failures of one log that their senders have not heard of yet.

    A sender has several batches on their way. When one fails it learns so only by waiting; what it
    sends in between would come before what it is about to send again. A failure whose sender let
    go of it holds nobody up.
    """

    def __init__(self) -> None:
        self._failed: WeakSet[Failed] = WeakSet()

    def add(self, problem: LogUnavailable | RecordTooLarge) -> Failed:
        """Remember a failure until it is told."""
        failed = Failed(problem)
        self._failed.add(failed)
        return failed

    def refusal(self) -> Failed | None:
        """What to answer to a sender now; None when all is told."""
        if all(failed.told for failed in self._failed):
            self._failed.clear()
            return None
        return refused()


def refused() -> Failed:
    """The answer to a batch that would overtake an earlier one."""
    return Failed(LogUnavailable("An earlier batch failed: send again from there."))
