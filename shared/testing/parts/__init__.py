"""The real parts that the services run on: Kafka, PostgreSQL, nginx, and a browser for pages.

    with Kafka() as kafka:
        print(kafka.bootstrap_servers)
        kafka.kill()
        kafka.start()

Each takes free ports of the loopback and a temporary folder, and ends with the process that
started it, however that ends. What the machine lacks is said by PartMissing.
"""

from shared.testing.part import Part, PartFailed, PartMissing, free_port
from shared.testing.parts.browser import Browser, chromium
from shared.testing.parts.kafka import POM, Kafka, kafka_jars
from shared.testing.parts.nginx import Nginx
from shared.testing.parts.postgresql import PostgreSQL

__all__ = [
    "POM",
    "Browser",
    "Kafka",
    "Nginx",
    "Part",
    "PartFailed",
    "PartMissing",
    "PostgreSQL",
    "chromium",
    "free_port",
    "kafka_jars",
]
