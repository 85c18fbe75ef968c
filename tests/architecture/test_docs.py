"""What the documents say is there: routes, files, roles."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from services.__main__ import product
from services.directory.events import Role
from shared.run.settings import Settings
from tests.journeys.pictures import MOST, PICTURES

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ROLES = ROOT / "docs" / "roles"
IMAGES = ROOT / "docs" / "images"

SECTIONS = [
    "Ce que vous faites ici",
    "Votre première page",
    "Ce qu’on attend de vous, et quand",
    "Ce que vous ne pouvez pas faire, et qui le peut",
    "Quand vous êtes bloqué·e",
]

_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!\w+:)(?P<target>[^)\s]+)\)")
_PICTURE = re.compile(r"!\[(?P<words>[^\]]+)\]\((?:\.\./|docs/)images/(?P<file>[^)]+)\)")
_PATH = re.compile(rf"(?<![\w.>])/(?:{'|'.join(product.names)})/[^\s`)\]}},;*]*")


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def shape(path: str) -> str:
    """A path with every variable part alike: ``/directory/comites/<>``."""
    return re.sub(r"[<{][^>}]*[>}]", "<>", path.partition("?")[0].partition("#")[0])


def anchors(file: Path) -> set[str]:
    """What the headings of ``file`` are called in a link."""
    heads = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def leads_somewhere(file: Path, target: str) -> bool:
    path, _, anchor = unquote(target).partition("#")
    found = (file.parent / path).resolve() if path else file
    if not found.exists():
        return False
    return not anchor or found.suffix != ".md" or anchor in anchors(found)


def paths_named(text: str) -> set[str]:
    """The paths of the product's services in ``text``, without a sentence's full stop."""
    return {found.rstrip(".:").replace("\u00a0", "") for found in _PATH.findall(text)}


@pytest.fixture(scope="module")
def routes(tmp_path_factory):
    runtime = product.runtime(Settings(data=tmp_path_factory.mktemp("routes")))
    assert runtime.site
    found = {
        shape(f"/{name}{rule.rule}")
        for name, app in runtime.apps.items()
        for rule in app.url_map.iter_rules()
    }
    runtime.close()
    return found


@pytest.mark.parametrize("file", DOCUMENTS, ids=name_of)
def test_every_page_that_a_document_names_exists(file, routes):
    text = file.read_text(encoding="utf-8")
    assert not sorted(path for path in paths_named(text) if shape(path) not in routes)


@pytest.mark.parametrize("file", DOCUMENTS, ids=name_of)
def test_no_link_of_a_document_is_dead(file):
    text = _FENCED.sub("", file.read_text(encoding="utf-8"))
    targets = {found["target"] for found in _LINK.finditer(text)}
    assert not sorted(target for target in targets if not leads_somewhere(file, target))


def test_every_role_has_its_page_and_no_page_is_of_a_role_that_is_gone():
    assert {file.stem for file in ROLES.glob("*.md")} - {"README"} == set(Role)


@pytest.mark.feature("D24")
@pytest.mark.parametrize("role", Role)
def test_the_page_of_a_role_answers_the_same_five_questions(role):
    text = (ROLES / f"{role}.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert all(part.strip() for part in re.split(r"^#+ .+$", text, flags=re.MULTILINE)[2:])


@pytest.mark.parametrize("role", Role)
def test_the_page_of_a_role_shows_what_it_sees_and_says_it_in_words(role):
    text = (ROLES / f"{role}.md").read_text(encoding="utf-8")
    shown = _PICTURE.findall(text)
    assert shown
    assert all(len(words) > 40 for words, _ in shown)


def test_every_picture_is_light_shown_and_made_by_the_script():
    shown = {file for text in DOCUMENTS for _, file in _PICTURE.findall(text.read_text("utf-8"))}
    there = {file.name: file.stat().st_size for file in IMAGES.iterdir()}
    assert set(there) == shown == {f"{picture.name}.png" for picture in PICTURES}
    assert max(there.values()) <= MOST


@pytest.mark.parametrize("role", Role)
def test_the_index_leads_to_the_page_of_every_role(role):
    assert f"]({role}.md)" in (ROLES / "README.md").read_text(encoding="utf-8")


def first_page(role):
    """Where somebody with this role alone begins, and what the header calls it."""
    links = [link for link in product.navigation if not link.roles or role in link.roles]
    links.sort(key=lambda link: not link.first)
    return (links[0].label, links[0].href) if links else ("Mon compte", "/directory/compte")


@pytest.mark.parametrize("role", Role)
def test_the_page_of_a_role_names_first_the_page_where_it_begins(role):
    text = (ROLES / f"{role}.md").read_text(encoding="utf-8")
    told = text.partition(f"## {SECTIONS[1]}")[2].partition("\n## ")[0]
    label, href = first_page(role)
    assert f"«\u00a0{label}\u00a0»" in told
    assert f"`{href}`" in told


def test_the_walk_of_the_readme_goes_by_labels_of_the_header():
    walk = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Ten minutes")[2]
    named = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", walk.partition("\n## ")[0]))
    assert named
    assert named <= {link.label for link in product.navigation}


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("see `/directory/comites`.", {"/directory/comites"}),
        ("/directory/comites/<id>/fermer, then", {"/directory/comites/<id>/fermer"}),
        ("services/directory/pages is a folder", set()),
        ("https://ville.example/directory/comites", set()),
    ],
)
def test_only_paths_of_the_site_are_looked_for(text, wanted):
    assert paths_named(text) == wanted


def test_a_link_to_a_heading_that_is_absent_is_dead(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Où l’on va\n")
    assert leads_somewhere(page, "#où-lon-va")
    assert leads_somewhere(tmp_path / "other.md", "page.md#où-lon-va")
    assert not leads_somewhere(page, "#ailleurs")
    assert not leads_somewhere(page, "absent.md")
