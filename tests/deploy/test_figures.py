"""What Prometheus scrapes, when it alerts, what the board shows: read by promtool."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from shared.testing.parts import PartMissing
from shared.web import metrics
from tests.deploy.composition import ROOT, Composition, make_env
from tests.deploy.test_compose import DEPLOY, PROCESSES


@pytest.fixture(scope="module")
def compose(tmp_path_factory: pytest.TempPathFactory) -> Composition:
    return Composition(make_env(tmp_path_factory.mktemp("compose") / "env"))


def promtool(*arguments: str | Path) -> str:
    program = shutil.which("promtool")
    if program is None:
        raise PartMissing("promtool is not on this machine: apt-get install prometheus")
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_rules_alert_when_they_should_and_only_then():
    assert "SUCCESS" in promtool(
        "test", "rules", DEPLOY / "prometheus" / "tests" / "rules_test.yml"
    )


def test_the_configuration_of_prometheus_is_read():
    assert "SUCCESS" in promtool("check", "config", DEPLOY / "prometheus" / "prometheus.yml")


def rules() -> list[dict]:
    read = yaml.safe_load((DEPLOY / "prometheus" / "rules.yml").read_text())
    return [rule for group in read["groups"] for rule in group["rules"]]


def test_every_rule_is_tested_and_says_what_to_do():
    tested = yaml.safe_load((DEPLOY / "prometheus" / "tests" / "rules_test.yml").read_text())
    fired = {
        case["alertname"]
        for test in tested["tests"]
        for case in test["alert_rule_test"]
        if case["exp_alerts"]
    }
    assert fired == {rule["alert"] for rule in rules()}
    headings = re.findall(r"^#+ (.+)$", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    for rule in rules():
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["action"]
        page, anchor = rule["annotations"]["runbook"].split("#")
        assert page == "docs/operations.md"
        assert anchor in anchors


def test_every_process_is_scraped(compose):
    read = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    targets = {
        f"{name}:{found['port']}"
        for job in read["scrape_configs"]
        for found in job["dns_sd_configs"]
        for name in found["names"]
    }
    webs = {f"{n}:{compose.environment(n)['RK_PORT']}" for n in PROCESSES if n.endswith("-web")}
    workers = {
        f"{n}:{compose.environment(n)['RK_METRICS_PORT']}"
        for n in PROCESSES
        if n.endswith("-worker")
    }
    assert targets == webs | workers


def test_rules_and_board_ask_only_for_figures_that_exist():
    families = {family.name for family in metrics.registry.collect()}
    suffixes = ("", "_total", "_bucket", "_count", "_sum")
    named = {f"{family}{suffix}" for family in families for suffix in suffixes}
    board = json.loads((DEPLOY / "grafana" / "boards" / "flow.json").read_text())
    expressions = [rule["expr"] for rule in rules()]
    expressions += [t["expr"] for panel in board["panels"] for t in panel["targets"]]
    asked = {name for text in expressions for name in re.findall(r"\brk_\w+", text)}
    assert asked
    assert asked <= named


def test_the_board_reads_the_source_that_is_provisioned(tmp_path):
    folder = DEPLOY / "grafana" / "provisioning"
    source = yaml.safe_load((folder / "datasources" / "prometheus.yml").read_text())
    board = json.loads((DEPLOY / "grafana" / "boards" / "flow.json").read_text())
    uids = {panel["datasource"]["uid"] for panel in board["panels"]}
    assert uids == {source["datasources"][0]["uid"]}
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    # Whether Prometheus understands what is asked: as the rules of a file that promtool checks.
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    records = [{"record": "asked", "expr": text} for text in asked]
    file = tmp_path / "asked.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "asked", "rules": records}]}))
    assert f"{len(asked)} rules found" in promtool("check", "rules", "--lint=none", file)
