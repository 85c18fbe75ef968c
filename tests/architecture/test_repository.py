"""What is in the repository can be read by anyone, anywhere, and installed from any registry."""

import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LARGEST = 1_000_000

FORBIDDEN = {
    # A path that only one machine has.
    "machine path": re.compile(r"(?<![\w.:/}-])/(?:(?:root|work|Users)/\w|home/\w+/)"),
    # Whoever installs uses their own registry; hashes say whether the package is the right one.
    "registry host": re.compile(
        r"pypi\.(?:org|python)|python[h]osted\.|registry\.(?:npmjs|yarnpkg)"
        r"|repo\d?\.maven|maven\.apache\.org/maven2|--(?:extra-)?index-ur[l]|\"resolve[d]\":"
    ),
    "secret": re.compile(
        r"-----BEGIN (?:[A-Z]+ )?PRIVATE KE[Y]-----"
        r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}\b|\bxox[abp]-\w{10,}"
        r"|\"d\"\s*:\s*\"[\w-]{40,}\""
        r"|(?i:secret|password|passwd|api_?key|token)\w*[\"']?\s*[:=]\s*[\"'][A-Za-z0-9+/_-]{32,}[\"']"
    ),
}


@cache
def tracked():
    # The checkout may belong to somebody else than who runs the tests, as in a container.
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    if listed.returncode != 0:
        pytest.skip("this is not a git checkout")
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [file for file in files if file.is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds_a(what):
    found = []
    for file in tracked():
        text = file.read_text(encoding="utf-8", errors="ignore")
        for match in FORBIDDEN[what].finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{file.relative_to(ROOT)}:{line}: {match[0][:60]}")
    assert not found


@pytest.mark.parametrize(
    "what, text",
    [
        ("machine path", 'open("/ro' + 'ot/notes")'),
        ("machine path", "cd /ho" + "me/somebody/project"),
        ("registry host", "https://py" + "pi.org/simple"),
        ("secret", "-----BEGIN PRIVATE " + "KEY-----"),
        ("secret", 'SECRET_KEY = "' + "a1" * 20 + '"'),
    ],
)
def test_the_patterns_find_what_they_look_for(what, text):
    assert FORBIDDEN[what].search(text)


@pytest.mark.parametrize(
    "what, text",
    [
        ("machine path", "https://example.org/root/page"),
        ("machine path", "/home"),
        ("secret", 'token = request.cookies["__Host-session"]'),
    ],
)
def test_the_patterns_leave_the_rest_alone(what, text):
    assert not FORBIDDEN[what].search(text)


def test_no_tracked_file_is_large():
    assert not [file for file in tracked() if file.stat().st_size > LARGEST]


def test_nothing_that_is_installed_or_made_is_tracked():
    made = {".venv", "node_modules", "var", "__pycache__", ".env"}
    assert not [file for file in tracked() if made & set(file.relative_to(ROOT).parts)]


@pytest.mark.parametrize("file", sorted(ROOT.glob("requirements*.txt")), ids=lambda file: file.name)
def test_every_requirement_is_pinned_with_its_hashes(file):
    statements = file.read_text().replace("\\\n", " ").splitlines()
    requirements = [
        line for line in statements if line.strip() and not line.lstrip().startswith("#")
    ]
    assert requirements
    unpinned = [
        line.split("--hash")[0].strip()
        for line in requirements
        if not re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+.*--hash=sha256:[0-9a-f]{64}", line)
    ]
    assert not unpinned


def test_every_page_package_is_locked_with_its_hash():
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert not [name for name, package in locked.items() if name and "integrity" not in package]
