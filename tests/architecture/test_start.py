"""A process starts soon: what is heavy is imported when it is first needed."""

import json
import subprocess
import sys

import pytest

from shared.run import keys
from shared.run.settings import Settings
from tests.architecture.the_product import NAMES, ROOT

HEAVY = {"typst", "alembic", "kafka", "psycopg", "holidays", "babel", "gunicorn", "xlsxwriter"}


def modules(statement):
    """The modules that a new process has after ``statement``."""
    shown = f"{statement}; import json, sys; print(json.dumps(sorted(sys.modules)))"
    said = subprocess.run(
        [sys.executable, "-c", shown], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(json.loads(said.stdout))


def imported(statement):
    """The top modules that a new process has after ``statement``."""
    return {name.partition(".")[0] for name in modules(statement)}


@pytest.mark.parametrize(
    "statement",
    [
        "from services.__main__ import product; product.services",
        "import shared.web.app, shared.web.assets, shared.web.gateway, shared.run.worker",
    ],
)
def test_what_is_heavy_waits_until_it_is_needed(statement):
    assert not imported(statement) & HEAVY


def test_the_first_page_imports_its_own_service_only(tmp_path):
    keys.public_keys(Settings(data=tmp_path))  # made at the very first start
    first = (
        "import pathlib; from services.__main__ import product;"
        "from werkzeug.test import Client; from shared.run.settings import Settings;"
        f"runtime = product.runtime(Settings(data=pathlib.Path({str(tmp_path)!r})));"
        "assert Client(runtime.site).get('/directory/entrer').status_code == 200"
    )
    found = modules(first)
    others = {f"services.{name}.service" for name in NAMES} - {"services.directory.service"}
    unwanted = others | {"sqlalchemy.dialects.postgresql", "cryptography", "smtplib"}
    assert sorted(found & unwanted) == []


def test_the_process_that_only_watches_over_the_other_imports_little():
    found = modules("import shared.run.cli, shared.run.serve, services.__main__")
    assert not found & {"sqlalchemy", "flask", "marshmallow", "services.directory.service"}


def test_the_rules_of_a_service_need_neither_web_nor_database():
    found = imported("import services.directory.model, services.procurement.model")
    assert not found & {"flask", "sqlalchemy", "marshmallow", "kafka", "structlog"}
