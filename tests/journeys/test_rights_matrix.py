"""Who may do what, over HTTP: every role at every address, against the rights tables.

Each request goes as far as the check of the right: what is allowed is noted and not done, so the
same data serve for all. What a form would hold is invented from its schema.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import marshmallow
import pytest

from services.directory.events import CITY, Role
from shared.kernel.refusals import Forbidden, NotFound, Refusal, SignInNeeded
from shared.kernel.rights import ANYONE, NOBODY, SIGNED_IN, Actor, Grant
from shared.perform import UseCases
from shared.testing.product import client, person
from shared.web import fields, pages
from tests.journeys.whole import Known, endpoints, product

ELSEWHERE = "committee:0193f0a0-0000-7000-8000-0000000000e1"
NO_ADDRESS = {
    # Use cases that no address leads to and that are not for the system alone: why.
    "services.directory.queries.account.unread_messages": "a count that no page shows",
}
BY_LIST = {
    # Use cases open to roles of any kind, that look for the person on a list of names: why.
    "services.decision.queries.votes.vote_card": "the list of electors is frozen by name",
}
ASKED = re.compile(r"\b(?:commands|queries)\.(\w+)")


class Allowed(Exception):
    """The right is there: the request ends here, nothing was done."""


@dataclass
class Checked:
    """A check of a right that a request led to."""

    use_case: Callable[..., object]
    actor: Actor
    needed: frozenset
    outcome: type


class Checks:
    """Notes every check of a right; lets queries go on, ends commands there, draws no page."""

    def __init__(self, monkeypatch, runtime):
        _ = runtime.site
        for app in runtime.apps.values():
            app.error_handler_spec[None][None][Allowed] = lambda error: ("", 204)
        self.made: list[Checked] = []
        self.seen: set[object] = set()
        real = UseCases._check

        def check(cases, use_case, reading, arguments):
            self.seen.add(use_case)
            entry = cases._rights[use_case]
            needed = scopes_of(entry, reading, arguments)
            try:
                quality = real(cases, use_case, reading, arguments)
            except Refusal as refusal:
                self.made.append(Checked(use_case, reading.actor, needed, type(refusal)))
                raise
            self.made.append(Checked(use_case, reading.actor, needed, Allowed))
            if hasattr(reading, "command"):
                raise Allowed
            return quality

        monkeypatch.setattr(UseCases, "_check", check)
        monkeypatch.setattr(pages, "render_template", lambda *_, **__: "")
        monkeypatch.setattr(marshmallow.Schema, "load", lambda schema, *_, **__: invented(schema))


def scopes_of(entry, reading, arguments):
    """The scopes that the check will ask for; none where it asks for none or nothing is there."""
    from shared.perform import _taken_by

    of = getattr(entry, "of", None)
    if of is None:
        return frozenset()
    try:
        return frozenset(of(reading, **_taken_by(of, arguments)))
    except Refusal:
        return frozenset()


SAMPLES = {
    fields.Text: lambda field: "x",
    fields.Amount: lambda field: fields.Amount().deserialize("12.50"),
    fields.Quantity: lambda field: fields.Quantity().deserialize("2"),
    fields.Day: lambda field: fields.Day().deserialize("2027-03-20"),
    fields.Number: lambda field: 1,
    fields.Yes: lambda field: True,
    fields.Choice: lambda field: field.deserialize(str(next(iter(field.of)))),
    fields.Id: lambda field: fields.Id().deserialize("0193f0a0-0000-7000-8000-00000000dead"),
    fields.List: lambda field: [sample(field.inner)],
    fields.Nested: lambda field: invented(field.schema),
}


def sample(field):
    """A value that ``field`` would have read."""
    for kind, make in SAMPLES.items():
        if isinstance(field, kind):
            return make(field)
    return None


def invented(schema):
    """What ``schema`` would have read, of a form in which only what must be is answered."""
    return {
        field.attribute or name: sample(field) if field.required else field.load_default
        for name, field in schema.fields.items()
        if field.required or field.load_default is not marshmallow.missing
    }


def request(runtime, endpoint, actor, known):
    browser = client(runtime, endpoint.service, actor)
    path = endpoint.path(known.values(endpoint))
    headers = {"Idempotency-Key": "one", "If-Match": "1"}
    if endpoint.rule.startswith("/api/"):
        return browser.open(path, method=endpoint.method, headers=headers, json={})
    return browser.open(path, method=endpoint.method, headers=headers, data={})


def may(entry, actor, needed):
    """What the rights table says: the outcome that the check must have."""
    if entry is ANYONE:
        return {Allowed}
    if entry is NOBODY:
        return {Forbidden}
    if actor.person is None:
        return {SignInNeeded}
    if entry is SIGNED_IN:
        return {Allowed}
    held = {g.scope for g in actor.grants if g.role in entry.roles}
    if entry.of is None:
        return {Allowed} if held else {Forbidden}
    return {Allowed} if held & needed else {Forbidden, NotFound}


def agrees(outcome, allowed):
    return any(issubclass(outcome, kind) for kind in allowed)


def counts(runtime):
    """Queries whose number the header shows, to those it concerns: a refusal there is no answer."""
    return {link.count for service in runtime.services for link in service.links}


def rights(runtime):
    return {f: entry for service in runtime.services for f, entry in service.rights.items()}


@pytest.fixture(scope="module")
def someone(whole):
    return Known(whole).of("directory", "person_id")[0]


def actors(someone, named):
    """Everybody there is: nobody, a person without a role, and each role on the whole city.

    Roles that the service's table names are tried elsewhere too.
    """
    yield "nobody", None
    yield "no role", person(person_id=someone)
    for role in Role:
        yield role, person((role, CITY), person_id=someone)
        if role in named:
            yield f"{role} elsewhere", person((role, ELSEWHERE), person_id=someone)


@pytest.mark.parametrize("service", product.names)
def test_every_address_asks_for_the_right_that_its_use_case_needs(
    whole, someone, service, monkeypatch
):
    table, known, shown = rights(whole), Known(whole), counts(whole)
    checks, wrong, answers = Checks(monkeypatch, whole), [], {}
    named = set(next(s for s in whole.services if s.name == service).roles())
    for endpoint in endpoints(whole):
        if endpoint.service != service:
            continue
        for name, actor in actors(someone, named):
            checks.made.clear()
            answer = request(whole, endpoint, actor, known)
            answers[endpoint.rule, endpoint.method, name] = answer.status_code
            wrong += disagreements(table, shown, checks.made, answer, f"{endpoint} as {name}")
            unsaid = not refusals(checks.made, shown) and not on_a_list(checks.made)
            if unsaid and answer.status_code in (401, 403):
                wrong += [(endpoint.rule, name)]
    wrong = [w for w in wrong if not guarded(w, answers)]
    assert not wrong, "\n".join(map(str, wrong[:40]))


def refusals(made, shown):
    """The checks that refused, but those of the header's numbers."""
    return [c for c in made if c.outcome is not Allowed and c.use_case not in shown]


def on_a_list(made):
    """Whether what was asked looks for the person by name."""
    return any(f"{c.use_case.__module__}.{c.use_case.__name__}" in BY_LIST for c in made)


def guarded(found, answers):
    """A page that refuses by itself, before it asks, whoever may not do what its form does."""
    return isinstance(found, tuple) and answers.get((found[0], "POST", found[1])) in (401, 403, 404)


def disagreements(table, shown, made, answer, where):
    for check in made:
        allowed = may(table[check.use_case], check.actor, check.needed)
        if not agrees(check.outcome, allowed):
            yield f"{where}: {check.use_case.__name__} is {check.outcome.__name__}, not {allowed}"
    # Looking may lead on to the page that one may see.
    told = (401, 403, 404, 303) if where.startswith("GET") else (401, 403, 404)
    if refusals(made, shown) and answer.status_code not in told:
        yield f"{where}: refused within, yet {answer.status_code}"


def test_the_right_role_on_the_right_scope_is_let_through(whole, someone, monkeypatch):
    """Where a right is held on a scope, it is tried on each scope that covers the thing asked."""
    table, known = rights(whole), Known(whole)
    checks, tried, wrong = Checks(monkeypatch, whole), 0, []
    for endpoint in endpoints(whole):
        checks.made.clear()
        request(whole, endpoint, person(person_id=someone), known)
        for check in [c for c in checks.made if c.outcome is not Allowed and c.needed]:
            entry = table[check.use_case]
            for scope in sorted(check.needed):
                holder = replace(check.actor, grants=(Grant(str(entry.roles[0]), scope),))
                checks.made.clear()
                request(whole, endpoint, holder, known)
                tried += 1
                again = [c for c in checks.made if c.use_case is check.use_case]
                if not again and checks.made and checks.made[-1].outcome is Allowed:
                    continue  # what came before it was allowed and ended the request
                if not again or again[0].outcome is not Allowed:
                    wrong.append(f"{endpoint}: {entry.roles[0]} on {scope}")
    assert tried > 20
    assert not wrong, "\n".join(map(str, wrong[:40]))


def test_every_use_case_has_an_address_or_is_for_nobody(whole):
    """By what pages, API and header name: some are reached only with a cookie or in some state."""
    named = {link.count.__name__ for s in whole.services for link in s.links if link.count}
    for service in whole.services:
        for part in ("api.py", "pages", "pages.py", "api"):
            for file in [service.folder / part, *(service.folder / part).rglob("*.py")]:
                if file.is_file():
                    named |= set(ASKED.findall(file.read_text(encoding="utf-8")))
    unreached = {
        f"{use_case.__module__}.{use_case.__name__}"
        for use_case, entry in rights(whole).items()
        if entry is not NOBODY and use_case.__name__ not in named
    }
    assert unreached == set(NO_ADDRESS)


def test_what_is_for_nobody_is_reached_by_nobody(whole, someone, monkeypatch):
    checks, known = Checks(monkeypatch, whole), Known(whole)
    everybody = person(*((role, CITY) for role in Role), person_id=someone)
    for endpoint in endpoints(whole):
        request(whole, endpoint, everybody, known)
    assert len(checks.seen) > 40
    assert not [f for f, entry in rights(whole).items() if entry is NOBODY and f in checks.seen]
