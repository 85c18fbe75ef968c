"""Every pair of a state and a step, for every role: what is not in the table is refused."""

from uuid import uuid4

import pytest

from services.directory.events import Role
from services.procurement.events import Step
from services.procurement.model import State
from services.procurement.model.decider import Decider
from services.procurement.model.refusals import RoleNotAllowed, StepNotAllowed
from services.procurement.model.steps import (
    AWAITED,
    BY_PAIR,
    FINAL,
    GROUP,
    PASSAGES,
    ROLE_NAMES,
    STATE_NAMES,
    STEP_ROLES,
    STEP_VERBS,
    SYSTEM,
)
from tests.procurement.procurement_files import ALL_RULES, NOW, Actors, at, person

EVERY_ROLE = sorted({*map(str, Role), SYSTEM})


@pytest.mark.parametrize("state", list(State))
@pytest.mark.feature("A16")
def test_every_pair_that_is_not_listed_is_refused_and_every_role_that_is_not_named(state):
    purchase = at(state, Actors())
    for step in Step:
        row = BY_PAIR.get((state, step))
        for role in EVERY_ROLE:
            decider = Decider(uuid4(), frozenset({role}), NOW)
            if row is None:
                with pytest.raises(StepNotAllowed):
                    purchase.passage(step, decider)
            elif role not in row.roles:
                with pytest.raises(RoleNotAllowed):
                    purchase.passage(step, decider)
            else:
                assert purchase.passage(step, decider) is row
    assert purchase.state is state


@pytest.mark.feature("A5")
def test_no_member_of_a_committee_can_engage_the_city():
    mine = {row.step for row in PASSAGES if row.roles & GROUP}
    assert mine == {Step.COMPLETE_NEED, Step.CERTIFY_PART, Step.CERTIFY, Step.CANCEL}
    cancelling = {row.source for row in PASSAGES if row.step is Step.CANCEL and row.roles & GROUP}
    assert cancelling == {State.NEEDED, State.INCOMPLETE}


def test_each_pair_has_one_row():
    assert len(BY_PAIR) == len(PASSAGES)


def test_nothing_leaves_an_end_and_everything_else_awaits_somebody():
    left = [row for row in PASSAGES if row.source in FINAL]
    # A need may be asked again by whoever said it; a settled file is over for good.
    assert {(row.step, row.roles) for row in left} == {(Step.OPEN, frozenset({SYSTEM}))}
    assert State.SETTLED not in {row.source for row in left}
    assert set(AWAITED) == set(State) - FINAL
    for state, awaited in AWAITED.items():
        assert awaited.role in BY_PAIR[(state, awaited.step)].roles


def test_every_state_step_and_role_has_its_words():
    assert set(STATE_NAMES) == set(State)
    assert set(STEP_VERBS) == set(Step)
    assert {role for row in PASSAGES for role in row.roles} <= set(ROLE_NAMES)


def test_the_roles_of_the_table_are_those_of_directory():
    named = {role for roles in STEP_ROLES.values() for role in roles}
    assert named <= set(map(str, Role))


def test_an_administrator_or_an_auditor_decides_nothing():
    for role in ("administrator", "auditor", "elu", "sector_officer", "resident", "relay"):
        assert not [row for row in PASSAGES if role in row.roles], role


@pytest.mark.feature("A19", "Y9")
def test_a_refusal_says_the_rule_what_is_missing_and_who_unblocks():
    purchase = at(State.CHECKED, Actors())
    with pytest.raises(StepNotAllowed) as refused:
        purchase.passage(Step.SIGN_ORDER, person("delegate"))
    assert refused.value.rule
    assert refused.value.missing == "Attendu : un délégataire."
    assert refused.value.unblocks == "un délégataire"


def test_the_first_rules_do_not_overlap():
    for rule in ALL_RULES:
        rule.refuse_overlap(ALL_RULES)
