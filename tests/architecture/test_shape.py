"""The shape of the code: short files, explained use cases, one clock, no domain in the plumbing."""

import ast
import inspect
import re
import warnings

import pytest

from shared.service import Service
from tests.architecture.the_product import NAMES, ROOT, SERVICES, python_files, tree

LINES = 250
MOST = 300
"""Between the two a file is named in a warning: it should become a package of the same name."""
LONG = {
    "shared/store/unit_of_work.py": 360,
}
"""Longer still, each one thing that reads worse in two: they may shrink, not grow."""

DOMAIN = re.compile(
    r"(?<![a-z])(committee|quote|purchase|budget|vote|voting|ballot|campaign|supplier|invoice"
    r"|diagnostic|procurement|directory|monitoring|survey|charter|elu"
    r"|officer|quartier|comité|devis|fournisseur|achat)s?(?![a-z])",
    re.IGNORECASE,
)
ALLOWED = {
    # The service that opens sessions and greets by default; a product may name another.
    ("shared/run/runtime.py", "directory"),
    ("shared/run/product.py", "directory"),
    ("shared/run/settings.py", "directory"),
    ("shared/run/keys.py", "directory"),
    # The function that makes a name safe in SQL or in an address.
    ("shared/log/rebuild.py", "quote"),
    ("shared/run/settings.py", "quote"),
    ("shared/web/forms.py", "quote"),
    ("shared/web/pages.py", "quote"),
}


def words_of(file):
    """What ``file`` says: its text, without what Python itself calls so."""
    return file.read_text(encoding="utf-8")


def test_the_plumbing_holds_no_word_of_the_domain():
    found = [
        f"{name}:{number}: {word}: {line.strip()[:80]}"
        for file in [*python_files("shared"), *(ROOT / "shared").rglob("*.html")]
        for name in [str(file.relative_to(ROOT))]
        for number, line in enumerate(words_of(file).splitlines(), 1)
        for word in DOMAIN.findall(line)
        if (name, word.lower()) not in ALLOWED
    ]
    assert not found, "\n".join(found)


def test_files_are_short():
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in python_files("services", "shared")
        if "migrations" not in file.parts
    }
    long = {name: lines for name, lines in lengths.items() if lines > LINES}
    if long:
        warnings.warn(f"longer than {LINES} lines: {long}", stacklevel=1)
    assert not {name: n for name, n in long.items() if n > LONG.get(name, MOST)}


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_use_case_says_what_it_does(service):
    silent = [f.__qualname__ for f in service.public_use_cases() if not inspect.getdoc(f)]
    assert not silent


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_argument_of_a_use_case_is_named(service):
    """Arguments by name only: two ids in the wrong order would be somebody else's file."""
    for function in service.public_use_cases():
        for parameter in list(inspect.signature(function).parameters.values())[1:]:
            assert parameter.kind is parameter.KEYWORD_ONLY, f"{function.__qualname__}: {parameter}"


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_use_case_without_a_right_does_not_start(service):
    for function in service.public_use_cases():
        table = {f: entry for f, entry in service.rights.items() if f is not function}
        with pytest.raises(LookupError, match=function.__name__):
            Service(
                name=service.name,
                title=service.title,
                rights=table,
                metadata=service.metadata,
                use_cases=service.use_cases,
            )


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_right_is_that_of_a_use_case(service):
    assert set(service.rights) <= set(service.public_use_cases())


CLOCKS = {"now", "utcnow", "today"}


def test_there_is_one_clock():
    found = []
    for file in python_files("services", "shared"):
        if file.name == "clock.py":
            continue
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                of = node.func.value
                if node.func.attr in CLOCKS and isinstance(of, ast.Name | ast.Attribute):
                    named = of.id if isinstance(of, ast.Name) else of.attr
                    if named in {"datetime", "date"}:
                        found.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert not found


def test_nothing_reads_the_environment_but_the_settings():
    found = [
        str(file.relative_to(ROOT))
        for file in python_files("services", "shared")
        if re.search(r"\bos\.(environ|getenv)\b", words_of(file))
        if file.name != "settings.py" and "testing" not in file.parts
    ]
    assert not found


def test_money_is_never_a_float():
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in python_files("services")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"
    ]
    assert not found


def test_every_service_says_in_a_sentence_what_it_owns():
    for name in NAMES:
        said = ast.get_docstring(tree(ROOT / "services" / name / "__init__.py"))
        assert said, name
        assert said.count("\n") == 0, name
