"""What the tests of this folder look at: the services as they are declared, and their files."""

import ast
from functools import cache
from pathlib import Path

import grimp

from services.__main__ import product as product

ROOT = Path(__file__).parents[2]
SERVICES = product.services
NAMES = product.names


@cache
def imports():
    """Every import in ``services`` and ``shared``, those for type checking left out."""
    return grimp.build_graph(
        "services", "shared", include_external_packages=True, exclude_type_checking_imports=True
    )


def modules_of(name):
    """The modules of the service ``name``, each with the file or package it is part of."""
    start = f"services.{name}."
    found = {
        m: m.removeprefix(start).split(".")[0] for m in imports().modules if m.startswith(start)
    }
    return dict(sorted(found.items()))


def python_files(*folders):
    """Every Python file below ``folders`` of the repository."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


@cache
def tree(file):
    """``file`` as a syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))
