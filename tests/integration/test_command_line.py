"""The command line: grants, keys, who reads what."""

import re

import pytest
from click.testing import CliRunner

from services.__main__ import product
from shared.run.cli import command_line
from tests.integration.world import World

NAME = "Voirie en ligne"


@pytest.fixture
def run(world: World, monkeypatch):
    monkeypatch.setenv("RK_DATA", str(world.runtime.settings.data))

    def run(*words, code: int = 0) -> str:
        done = CliRunner().invoke(command_line(product), ["integration", *words])
        assert done.exit_code == code, done.output
        return done.output

    return run


def granted(run, *more: str) -> tuple[str, str]:
    said = run("grant", NAME, "--department", "Voirie", *more)
    key = re.search(r"^Key (rk_\S+)$", said, re.MULTILINE)[1]
    return re.search(r"^Grant (\S+)$", said, re.MULTILINE)[1], key


@pytest.mark.feature("Y3")
def test_a_grant_is_made_in_a_terminal_and_its_key_reads(world: World, run):
    world.say(*world.some(12))
    more = ("--service", "planning", "--scope", "sector:Secteur Est", "--scope", "committee:2")
    _, key = granted(run, *more)
    found = world.all_of(key)
    assert found
    assert {event["type"].split(".")[1] for event in found} == {"planning"}


def test_a_key_is_replaced_withdrawn_and_the_grant_revoked(world: World, run):
    grant, old = granted(run, "--service", "planning", "--scope", "city")
    new = re.search(r"rk_\S+", run("key", grant, "--overlap", "3"))[0]
    assert world.read(old).status_code == world.read(new).status_code == 200
    run("withdraw", grant, old[:11])
    assert (world.read(old).status_code, world.read(new).status_code) == (401, 200)
    assert "has no key" in run("withdraw", grant, "rk_zzzzzzzz", code=1)
    run("revoke", grant, "--why", "Le marché est fini")
    assert world.read(new).status_code == 403


def test_who_reads_what_is_listed_with_its_keys(world: World, run):
    grant, key = granted(run, "--service", "planning", "--scope", "city", "--until", "2099-01-01")
    world.read(key)
    said = run("grants")
    assert grant in said
    assert "cac.planning.*" in said
    assert "Toute la ville" in said
    assert f"{key[:11]}…  valid  read 1 times" in said
    assert key not in said


@pytest.mark.parametrize(
    "words, said",
    [
        (("--scope", "city"), "au moins un type"),
        (("--type", "cac.planning.nothing.v1", "--scope", "city"), "catalogue"),
        (("--service", "planning", "--scope", "sector:Mars"), "sector:Mars"),
        (("--service", "planning", "--scope", "committee:99"), "committee:99"),
    ],
)
def test_what_cannot_be_granted_is_said_in_a_sentence(run, words, said):
    assert said in run("grant", NAME, "--department", "Voirie", *words, code=1)


def test_a_date_that_is_none_is_said(run):
    words = ("--service", "planning", "--scope", "city", "--until", "2027-02-30")
    assert "2027-02-30" in run("grant", NAME, "--department", "Voirie", *words, code=2)


def test_a_grant_that_is_not_there_is_said(run):
    unknown = "0193f0a0-0000-7000-8000-0000000000e1"
    for words in (("key", unknown), ("revoke", unknown, "--why", "x"), ("withdraw", unknown, "x")):
        assert "n’existe pas" in run(*words, code=1) or "numéro" in run(*words, code=1)
