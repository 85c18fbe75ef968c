"""A service stands alone: its folder, what others publish, the plumbing, and nothing else."""

import shutil
import subprocess
import sys

import pytest

from tests.architecture.the_product import NAMES, ROOT

PUBLISHED = ("__init__.py", "events.py", "events")
SKIPPED = shutil.ignore_patterns("__pycache__")


def carry(source, target):
    if source.is_dir():
        shutil.copytree(source, target, ignore=SKIPPED)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


@pytest.mark.parametrize("name", NAMES)
def test_a_service_can_be_imported_with_only_what_the_others_publish(name, tmp_path):
    carry(ROOT / "shared", tmp_path / "shared")
    services = tmp_path / "services"
    for file in ("__init__.py", "language.py"):
        carry(ROOT / "services" / file, services / file)
    for other in NAMES:
        parts = PUBLISHED if other != name else ()
        for part in parts:
            carry(ROOT / "services" / other / part, services / other / part)
    if name != "directory":
        carry(ROOT / "services/directory/mirror", services / "directory/mirror")
    carry(ROOT / "services" / name, services / name)
    said = subprocess.run(
        [sys.executable, "-c", f"from services.{name}.service import service; print(service.name)"],
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.strip() == name, said.stderr[-2000:]
