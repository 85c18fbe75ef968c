"""A process of its own that reads from Kafka: ``member.py <servers> <prefix> <member>``.

It prints how many places it holds whenever that changes, and reads until it is killed.
"""

import sys
from collections.abc import Mapping

from shared.log.event_log import Assignment, Place
from shared.log.kafka import KafkaLog


def main(servers: str, prefix: str, member: str) -> None:
    """Read ``facts`` in the group ``readers`` for ever."""

    def assigned(_: Assignment) -> Mapping[Place, int]:
        return {}

    held = 0
    subscription = KafkaLog(servers, prefix=prefix).subscribe(
        "readers", ["facts"], member, assigned
    )
    while True:
        subscription.poll(0.1, 100)
        if len(subscription.assigned()) != held:
            held = len(subscription.assigned())
            print(held, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:4])
