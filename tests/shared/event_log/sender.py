"""A process of its own that appends to an embedded log: ``sender.py <file> <count> <batch>``.

It prints the number of the last message that was acknowledged, a line each batch.
"""

import sys
from pathlib import Path

from shared.log.embedded import EmbeddedLog
from shared.log.event_log import Message


def main(path: str, count: int, batch: int) -> None:
    """Append ``count`` numbered messages to the stream ``facts``."""
    log = EmbeddedLog(Path(path))
    for first in range(0, count, batch):
        numbers = range(first, min(first + batch, count))
        messages = [Message("facts", f"key-{n % 5}".encode(), str(n).encode(), []) for n in numbers]
        log.send(messages).wait(10)
        print(numbers[-1], flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
