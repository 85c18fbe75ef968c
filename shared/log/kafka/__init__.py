"""The event log on Apache Kafka: the same promises for several machines."""

from shared.log.kafka.log import KafkaLog

__all__ = ["KafkaLog"]
