"""Figures for Prometheus: one module, one registry, a ``service`` label (services may share a process)."""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

registry = CollectorRegistry(auto_describe=True)

requests_total = Counter(
    "rk_http_requests", "Requests answered.", ["service", "method", "status"], registry=registry
)
request_seconds = Histogram(
    "rk_http_request_seconds",
    "Time to answer a request.",
    ["service", "method"],
    registry=registry,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
facts_sent = Counter(
    "rk_facts_sent", "Facts the relay put on the log.", ["service"], registry=registry
)
events_handled = Counter(
    "rk_events_handled",
    "Events read: handled, repeated, parked or dead.",
    ["service", "result"],
    registry=registry,
)
outbox_depth = Gauge("rk_outbox_depth", "Facts not yet on the log.", ["service"], registry=registry)
outbox_age = Gauge(
    "rk_outbox_age_seconds", "Age of the oldest fact not yet on the log.", ["service"],
    registry=registry,
)  # fmt: skip
flow_reported = Gauge(
    "rk_flow_reported_timestamp_seconds",
    "When the worker last said how it stands: silence means that it does nothing.",
    ["service"],
    registry=registry,
)
lag = Gauge("rk_log_lag", "Records not yet read.", ["service", "stream"], registry=registry)
dead_letters = Gauge(
    "rk_dead_letters", "Events that could not be handled.", ["service"], registry=registry
)
parked = Gauge(
    "rk_parked_events", "Events waiting behind a dead letter.", ["service"], registry=registry
)
timers_fired = Counter("rk_timers_fired", "Timers fired.", ["service"], registry=registry)


@cache
def _of_answers(service: str, method: str, status: int) -> tuple[Counter, Histogram]:
    counted = requests_total.labels(service, method, str(status))
    return counted, request_seconds.labels(service, method)


def answered(service: str, method: str, status: int, seconds: float) -> None:
    """A request was answered; services, methods and statuses are few."""
    counted, timed = _of_answers(service, method, status)
    counted.inc()
    timed.observe(seconds)


def page() -> bytes:
    """All figures in the text format."""
    return generate_latest(registry)
