"""/metrics as Prometheus' own client reads it, and the dashboard and alerts over it."""

import json
import pathlib
import re
import urllib.request

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

DEPLOY = pathlib.Path(__file__).resolve().parents[2] / "deploy"
NAME = re.compile(r"\b(?:explain|process)_[a-z_]+\b")


@pytest.fixture
def scraped(start_service):
    """A service that has been asked a few things, and a way to read its metrics."""
    service = start_service(metrics_listen="127.0.0.1:0")

    def scrape():
        with urllib.request.urlopen(service.metrics) as answer:
            assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
            text = answer.read().decode()
        families = list(text_string_to_metric_families(text))
        return text, {family.name: family for family in families}

    for _ in range(3):
        assert service.get("/explain?audience=student")[0] == 200
    assert service.get("/explain?audience=nobody")[0] == 400
    return service, scrape


def test_its_client_reads_it(scraped):
    _, scrape = scraped
    text, families = scrape()
    names = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE ")]
    assert len(names) == len(set(names)) == len(families)
    for family in families.values():
        assert family.documentation and family.type in ("counter", "gauge", "histogram"), family.name
        series = [(sample.name, tuple(sorted(sample.labels.items()))) for sample in family.samples]
        assert series and len(series) == len(set(series)), family.name


def test_names_follow_the_conventions(scraped):
    _, scrape = scraped
    text, _ = scrape()
    kinds = dict(line.split()[2:4] for line in text.splitlines() if line.startswith("# TYPE "))
    for name, kind in kinds.items():
        assert re.fullmatch(r"(explain|process)_[a-z]+(_[a-z]+)*", name), name
        assert name.endswith("_total") == (kind == "counter"), name
        assert not re.search(r"_(ms|milliseconds|minutes|kb|kilobytes|percent)(_|$)", name), name
        assert kind != "histogram" or name.endswith("_seconds"), name


def test_histograms_add_up(scraped):
    _, scrape = scraped
    histogram = scrape()[1]["explain_http_request_duration_seconds"]
    series = {}
    for sample in histogram.samples:
        labels = {name: value for name, value in sample.labels.items() if name != "le"}
        series.setdefault(tuple(sorted(labels.items())), []).append(sample)
    asked = {(("method", "GET"), ("route", "/explain"), ("status", status)): count for status, count in (("2xx", 3), ("4xx", 1))}
    for labels, samples in series.items():
        buckets = [(float(sample.labels["le"]), sample.value) for sample in samples if sample.name.endswith("_bucket")]
        count = next(sample.value for sample in samples if sample.name.endswith("_count"))
        total = next(sample.value for sample in samples if sample.name.endswith("_sum"))
        assert buckets == sorted(buckets) and [value for _, value in buckets] == sorted(value for _, value in buckets)
        assert buckets[-1] == (float("inf"), count) and total > 0
        if labels in asked:
            assert count == asked.pop(labels)
    assert not asked


def known(text):
    """Every name that a query may use."""
    return {line.split("{")[0].split(" ")[0] for line in text.splitlines() if line and not line.startswith("#")}


def test_the_dashboard_asks_for_what_there_is(scraped):
    _, scrape = scraped
    dashboard = json.loads((DEPLOY / "grafana-dashboard.json").read_text())
    panels = [panel for panel in dashboard["panels"] if panel["type"] != "row"]
    queries = [target["expr"] for panel in panels for target in panel["targets"]]
    queries += [annotation["expr"] for annotation in dashboard["annotations"]["list"]]
    queries += [variable["query"]["query"] for variable in dashboard["templating"]["list"] if variable["type"] == "query"]
    text, families = scrape()
    used = set()
    for query in queries:
        names = set(NAME.findall(query))
        assert names and names <= known(text), query
        assert query.count("(") == query.count(")") and query.count("{") == query.count("}"), query
        used |= names
    # What is measured is shown.
    shown = {re.sub(r"_(bucket|count|sum)$", "", name).removesuffix("_total") for name in used}
    assert set(families) - shown <= {"process_virtual_memory_bytes", "process_threads", "explain_explainers"}
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(ids) == len(set(ids))


def test_alerts_ask_for_what_there_is(scraped):
    _, scrape = scraped
    text, _ = scrape()
    for group in yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"]:
        for rule in group["rules"]:
            names = set(NAME.findall(rule["expr"]))
            assert names and names <= known(text), rule["alert"]
            assert rule["annotations"]["summary"] and rule["for"] and rule["labels"]["severity"] in ("warning", "critical")


def test_the_public_port_does_not_tell(service):
    assert service.get("/metrics")[0] == 404
