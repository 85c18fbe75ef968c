"""The only file that lists the services. ``python -m services`` runs all of them."""

from services.language import STREAMS
from shared.run.cli import command_line
from shared.run.product import Product

product = Product(
    names=(
        "directory",
        "diagnostic",
        "decision",
        "planning",
        "procurement",
        "communication",
        "monitoring",
        "integration",
    ),
    streams=STREAMS,
)

if __name__ == "__main__":
    command_line(product)(prog_name="python -m services")
