"""The health of the flow, as each worker says it."""

from services.monitoring.tables import flow_view
from shared.log.flow import FlowReported
from shared.store.views import Views


def flow_reported(views: Views, report: FlowReported) -> None:
    """The last word of a service replaces the one before."""
    views.put(
        flow_view,
        report.service,
        at=report.at,
        lags={source.stream: source.lag for source in report.lags},
        outbox_depth=report.outbox_depth,
        outbox_age_seconds=report.outbox_age_seconds,
        dead=report.dead,
        parked=report.parked,
    )
