"""What the clients are told, once for all, and why."""

from collections.abc import Mapping
from typing import Any

from kafka.partitioner.abc import Partitioner

from shared.log.event_log import MAX_RECORD_BYTES
from shared.log.partitions import partition_of

# Overhead of a batch and of the record in it, beyond what MAX_RECORD_BYTES counts.
MAX_BATCH_BYTES = MAX_RECORD_BYTES + 64 * 1024


class _Remembering(Partitioner):  # type: ignore[misc]
    """Kafka's default choice; the hash of a key is remembered, which halves the work of a send."""

    def partition(
        self, topic: str, key: bytes, serialized_key: bytes, _: Any, __: Any, cluster: Any
    ) -> int:
        return partition_of(serialized_key, len(cluster.partitions_for_topic(topic)))


def connection(
    bootstrap_servers: str, client_id: str, security: Mapping[str, Any]
) -> dict[str, Any]:
    """What every client needs to connect, and to notice soon that a broker is back."""
    return {
        "bootstrap_servers": bootstrap_servers,
        "client_id": client_id,
        "reconnect_backoff_max_ms": 1_000,
        "bootstrap_timeout_ms": 5_000,
        **security,
    }


PRODUCER = {
    # Idempotent, acknowledged by all replicas: a retry neither loses, repeats nor reorders.
    "enable_idempotence": True,
    "acks": "all",
    # Large batches: with two of them waiting the client wakes its sender at every record.
    "linger_ms": 5,
    "batch_size": 512 * 1024,
    # The sender is a thread that fills requests up to this size: above one batch for each of a
    # stream's partitions.
    "max_request_size": 8 * 1024 * 1024,
    "partitioner": _Remembering(),
    # How long a send may wait for a stream that does not exist.
    "max_block_ms": 10_000,
    "allow_auto_create_topics": False,
    "metrics_enabled": False,
}

CONSUMER = {
    "auto_offset_reset": "earliest",
    "enable_auto_commit": False,
    "allow_auto_create_topics": False,
    # A stream that appears after the subscription is noticed at the next refresh.
    "metadata_max_age_ms": 2_000,
    # An idle worker asks four times a second. What arrives is answered at once; only what follows
    # it on its partition may wait so long, when the next question was already on its way.
    "fetch_max_wait_ms": 250,
    "max_poll_records": 2_000,
    "max_partition_fetch_bytes": 8 * 1024 * 1024,
    "metrics_enabled": False,
}

MEMBER = {
    # With the member's stable name, a worker that was killed is itself again when it comes back;
    # one that does not come back is replaced after ten seconds.
    "session_timeout_ms": 10_000,
    "heartbeat_interval_ms": 2_000,
}
