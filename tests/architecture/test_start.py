"""A process starts soon: what is heavy is imported when it is first needed."""

import json
import subprocess
import sys

import pytest

from tests.architecture.the_product import ROOT

HEAVY = {"typst", "alembic", "kafka", "psycopg", "holidays", "babel", "gunicorn", "xlsxwriter"}


def imported(statement):
    """The top modules that a new process has after ``statement``."""
    shown = f"{statement}; import json, sys; print(json.dumps(sorted(sys.modules)))"
    said = subprocess.run(
        [sys.executable, "-c", shown], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in json.loads(said.stdout)}


@pytest.mark.parametrize(
    "statement",
    [
        "from services.__main__ import product; product.services",
        "import shared.web.app, shared.web.assets, shared.web.gateway, shared.run.worker",
    ],
)
def test_what_is_heavy_waits_until_it_is_needed(statement):
    assert not imported(statement) & HEAVY


def test_the_rules_of_a_service_need_neither_web_nor_database():
    found = imported("import services.directory.model, services.procurement.model")
    assert not found & {"flask", "sqlalchemy", "marshmallow", "kafka", "structlog"}
