"""Static files: addresses follow the content, answers are kept for ever, absence is explained."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from shared.web.assets import FOR_EVER, AssetMissing, Assets, UnknownAsset, manifest

SHEET = b"body { color: black }\n" * 40


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    (tmp_path / "look.css").write_bytes(SHEET)
    (tmp_path / "dot.svg").write_bytes(b"<svg/>")
    return Assets({"look.css": tmp_path / "look.css", "dot.svg": tmp_path / "dot.svg"})


@pytest.fixture
def client(assets: Assets) -> Client:
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(assets.blueprint())
    return app.test_client()


def test_the_address_follows_the_content(tmp_path: Path) -> None:
    file = tmp_path / "look.css"
    file.write_bytes(b"a")
    one = Assets({"look.css": file}).url("look.css")
    file.write_bytes(b"b")
    two = Assets({"look.css": file}).url("look.css")
    assert one != two
    assert one.startswith("/static/")
    assert one.endswith("/look.css")


def test_a_file_is_kept_for_ever_at_its_own_address(assets: Assets, client: Client) -> None:
    answer = client.get(assets.url("look.css"))
    assert answer.status_code == 200
    assert answer.data == SHEET
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_address_of_another_release_is_answered_but_not_kept(client: Client) -> None:
    answer = client.get("/static/000000000000/look.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_browsers_get_the_smallest_form_they_understand(assets: Assets, client: Client) -> None:
    url = assets.url("look.css")
    packed = client.get(url, headers={"Accept-Encoding": "gzip, deflate"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == SHEET
    assert packed.headers["Vary"] == "Accept-Encoding"
    small = client.get(assets.url("dot.svg"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in small.headers  # compressing it would make it longer


def test_what_the_browser_already_has_is_not_sent_again(assets: Assets, client: Client) -> None:
    url = assets.url("look.css")
    tag = client.get(url).headers["ETag"]
    again = client.get(url, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""


def test_other_names_do_not_leave_the_manifest(client: Client, assets: Assets) -> None:
    assert client.get("/static/0/../../etc/passwd").status_code == 404
    assert client.get("/static/0/other.css").status_code == 404
    with pytest.raises(UnknownAsset):
        assets.url("other.css")


def test_a_package_that_is_not_installed_is_said_in_one_sentence(tmp_path: Path) -> None:
    assets = Assets(manifest(tmp_path))
    with pytest.raises(AssetMissing, match=r"paquet htmx\.org.*npm ci"):
        assets.url("htmx.js")
    assert len(assets.missing()) == 2
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(assets.blueprint())
    answer = app.test_client().get("/static/0/bootstrap.css")
    assert answer.status_code == 503
    assert "npm ci" in answer.get_data(as_text=True)


def test_our_own_files_are_all_there() -> None:
    own = [name for name, path in manifest().items() if "node_modules" not in path.parts]
    assets = Assets({name: manifest()[name] for name in own})
    assert assets.missing() == []
    assert {"rk.css", "icons.svg", "mark.svg"} <= set(own)


def test_the_sheet_of_a_resident_stays_light() -> None:
    assets = Assets()
    assert len(assets.get("rk.css").bodies["gzip"]) <= 8 * 1024
    assert len(assets.get("icons.svg").bodies["gzip"]) <= 3 * 1024


def test_one_application_serves_the_files_beside_others(assets: Assets) -> None:
    mounted = Client(DispatcherMiddleware(Flask(__name__), {assets.base: assets.wsgi}))
    answer = mounted.get(assets.url("look.css"))
    assert answer.status_code == 200
    assert answer.data == SHEET


def test_a_name_is_taken_only_once(assets: Assets, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"look\.css"):
        assets.add({"look.css": tmp_path / "other.css"})
    (tmp_path / "more.js").write_text("1")
    assets.add({"more.js": tmp_path / "more.js"})
    assert assets.url("more.js").endswith("/more.js")


def test_importing_assets_reads_no_file() -> None:
    code = "import shared.web.assets as a; print(len(a.Assets()._ready))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "0"
