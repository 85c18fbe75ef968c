"""The sample product's command line, for tests of the plumbing."""

from shared.run.cli import command_line
from tests.shared.sample import product

if __name__ == "__main__":
    command_line(product)(prog_name="python -m tests.shared.sample")
