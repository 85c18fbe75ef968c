"""Who may import whom: inside a service by the name of the file, between services by three doors."""

import tomllib
from collections import defaultdict

import pytest

from tests.architecture.the_product import NAMES, ROOT, imports, modules_of

ALL = {"*"}
WORDS = {"events"}
"""The published language holds words (roles, kinds, steps) that every file may use."""

MAY_IMPORT: dict[str, set[str]] = {
    # A file or package of a service: what it may import of its own service.
    "service": ALL,
    "api": {"commands", "queries", "schemas"},
    # Labels of roles and scopes are the mirror's, for directory's own pages as for the others'.
    "pages": {"commands", "queries", "schemas", "mirror"} | WORDS,
    "rights": {"commands", "queries", "mirror"} | WORDS,
    "policies": {"commands"},
    "projections": {"tables", "mirror"} | WORDS,
    "commands": {"model", "queries", "tables", "gateways", "mirror"} | WORDS,
    # A page shows what the rule would say: the same pure function says both.
    "queries": {"tables", "model", "mirror"} | WORDS,
    # Lengths and choices of the form are those of the model; steps shown are those of the query.
    "schemas": {"model", "queries"} | WORDS,
    "tables": {"model"} | WORDS,
    "model": WORDS,
    "events": set(),
    "gateways": set(),
    # Directory's own: what other services keep of it. A command line asks and tells as a page does.
    "mirror": WORDS,
    "cli": {"commands", "queries", "service"} | WORDS,
    # Invented people and files, made through the commands.
    "demonstration": {"commands", "queries"} | WORDS,
}
FOREIGN: dict[str, set[str]] = {
    # The same, of another service.
    "service": {"events", "mirror"},
    "rights": {"events", "mirror"},
    "policies": {"events"},
    "projections": {"events", "mirror"},
    "commands": {"mirror"},
    "queries": {"mirror"},
    "pages": {"mirror"},
    "demonstration": {"demonstration"},
}
NEVER: dict[str, set[str]] = {
    # What comes from outside and stays out, file by file.
    "model": {"flask", "sqlalchemy", "marshmallow", "kafka", "flask_smorest", "structlog"},
    "events": {"flask", "sqlalchemy", "marshmallow", "kafka", "flask_smorest", "structlog"},
    "tables": {"flask", "marshmallow", "kafka"},
    "commands": {"flask", "marshmallow", "kafka", "flask_smorest"},
    "queries": {"flask", "marshmallow", "kafka", "flask_smorest"},
    "policies": {"flask", "sqlalchemy", "marshmallow", "kafka"},
    "projections": {"flask", "marshmallow", "kafka"},
    "rights": {"flask", "sqlalchemy", "marshmallow", "kafka"},
    "schemas": {"flask", "sqlalchemy", "kafka"},
    "api": {"sqlalchemy", "kafka"},
    "pages": {"sqlalchemy", "kafka"},
    "gateways": {"sqlalchemy", "kafka"},
}
SHARED: dict[str, set[str]] = {
    # The rooms of shared that a file may enter; a front door counts by its own name.
    "service": {"service", "log", "kernel", "store"},
    "api": {"web"},
    "pages": {"web", "kernel", "store"},
    "rights": {"kernel"},
    "policies": {"store", "log", "kernel"},
    "projections": {"store", "log", "kernel", "web"},
    "commands": {"store", "kernel", "perform", "log"},
    "queries": {"store", "kernel", "log"},
    "schemas": {"web", "store", "kernel"},
    "tables": {"store", "kernel"},
    "model": {"kernel"},
    "events": {"kernel"},
    "gateways": {"kernel", "store", "run", "web"},
    "mirror": {"store", "kernel", "service"},
    "cli": {"kernel", "run", "log", "store"},
    "demonstration": {"store", "kernel", "run"},
}


def edges(name):
    """What each file of a service imports: (file, module imported)."""
    for module, kind in modules_of(name).items():
        if kind != "migrations":
            for imported in imports().find_modules_directly_imported_by(module):
                yield module, kind, imported.split(".")


@pytest.mark.parametrize("name", NAMES)
def test_a_service_has_only_files_whose_name_says_what_they_hold(name):
    folder = ROOT / "services" / name
    known = set(MAY_IMPORT) | {"migrations", "templates", "documents", "__init__", "__pycache__"}
    found = {path.stem for path in folder.iterdir()}
    assert found <= known, f"no such kind of file in a service: {sorted(found - known)}"


@pytest.mark.parametrize("name", NAMES)
def test_inside_a_service_imports_go_one_way(name):
    wrong = [
        f"{module} imports {'.'.join(to)}"
        for module, kind, to in edges(name)
        if to[:2] == ["services", name] and len(to) > 2 and to[2] != kind
        if MAY_IMPORT[kind] != ALL and to[2] not in MAY_IMPORT[kind]
    ]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_services_meet_only_through_events_and_the_mirror(name):
    wrong = [
        f"{module} imports {'.'.join(to)}"
        for module, kind, to in edges(name)
        if to[0] == "services" and len(to) > 2 and to[1] != name
        if to[2] not in FOREIGN.get(kind, set())
    ]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_each_file_takes_only_what_its_kind_needs_from_the_plumbing(name):
    wrong = [
        f"{module} imports {'.'.join(to)}"
        for module, kind, to in edges(name)
        if to[0] == "shared" and len(to) > 1 and to[1] not in SHARED[kind]
    ]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_libraries_stay_out_of_the_files_they_are_not_for(name):
    wrong = [
        f"{module} imports {to[0]}"
        for module, kind, to in edges(name)
        if to[0] in NEVER.get(kind, set())
    ]
    assert not wrong


def test_the_columns_speak_of_the_same_files():
    assert set(FOREIGN) | set(NEVER) | set(SHARED) <= set(MAY_IMPORT)


def test_the_contracts_hold():
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_the_contract_between_services_names_them_all():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    independent = [c for c in contracts["contracts"] if c["type"] == "independence"]
    assert {f"services.{name}" for name in NAMES} == set(independent[0]["modules"])


def test_a_cycle_between_rooms_of_shared_would_be_seen():
    rooms = defaultdict(set)
    for module in imports().modules:
        parts = module.split(".")
        if parts[0] == "shared" and len(parts) > 1:
            for imported in imports().find_modules_directly_imported_by(module):
                to = imported.split(".")
                if to[0] == "shared" and len(to) > 1 and to[1] != parts[1]:
                    rooms[parts[1]].add(to[1])
    assert not rooms["kernel"]
    assert rooms["store"] <= {"kernel"}
    assert "web" not in rooms["log"]
    assert "run" not in rooms["web"]
