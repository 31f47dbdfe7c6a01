"""For machines that watch: is the process up, are database and queues fit, and the figures of both."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from ipaddress import ip_address

from apiflask import APIBlueprint
from flask import Response, jsonify, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from connector.accounts.guards import requires
from connector.accounts.rules import Action
from connector.db import migrate
from connector.errors import NotFoundError
from connector.queue import queries
from connector.web.i18n import gettext as _
from connector.web.services import Services, services

blueprint = APIBlueprint("health", __name__, enable_openapi=False)
TEXT = "text/plain; version=0.0.4; charset=utf-8"


@blueprint.get("/healthz")
@requires(Action.USE_PUBLIC_PAGES)
def alive() -> Response:
    """The process answers; the database is not asked."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@requires(Action.USE_PUBLIC_PAGES)
def ready() -> tuple[Response, int]:
    """200 where database, schema and queues are fit; else 503 with what is wrong."""
    problem = _problem(services())
    return (jsonify(status="ok"), 200) if problem is None else (jsonify(status="unfit", detail=problem), 503)


@blueprint.get("/metrics")
@requires(Action.USE_PUBLIC_PAGES)
def metrics() -> Response:
    """Prometheus text, for this machine itself or with the metrics token; to others there is nothing here."""
    if not _may_read_metrics(services()):
        raise NotFoundError(_("There is nothing at this address."))
    registry = CollectorRegistry()
    registry.register(_Figures(services()))
    return Response(generate_latest(registry), content_type=TEXT)


def _problem(parts: Services) -> str | None:
    try:
        if migrate.current(parts.db.engine) != migrate.newest():
            return "The database is not at the schema of this version: run `wecena migrate`."
        with parts.db.readers() as session:
            late = queries.overdue(session, parts.clock())
    except SQLAlchemyError:
        return "The database does not answer."
    if late:
        queues = ", ".join(each.name for each in late)
        return (
            f"Something has waited for more than {queries.LONGEST_AGE // 60} minutes ({queues}): is a worker running?"
        )
    return None


def _may_read_metrics(parts: Services) -> bool:
    token = parts.settings.metrics_token
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if token is not None and hmac.compare_digest(sent, token.get_secret_value().encode()):
        return True
    forwarded = any(
        name.lower().startswith("x-forwarded-") or name.lower() == "forwarded" for name, _value in request.headers
    )
    return not forwarded and _is_loopback(request.remote_addr)


def _is_loopback(address: str | None) -> bool:
    try:
        return address is not None and ip_address(address).is_loopback
    except ValueError:
        return False


class _Figures(Collector):
    """Counts read from the database at the moment they are asked for, so that all processes tell the same."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The families of figures."""
        with self._parts.db.readers() as session:
            backlogs = queries.backlogs(session, self._parts.clock())
            tasks = queries.tasks_by_status(session)
            deliveries = queries.deliveries_by_outcome(session)
        yield _gauge("wecena_queue_waiting", "Rows that are due.", "queue", {b.name: b.waiting for b in backlogs})
        yield _gauge(
            "wecena_queue_oldest_seconds", "Age of the oldest.", "queue", {b.name: b.oldest_seconds for b in backlogs}
        )
        yield _gauge(
            "wecena_queue_overdue",
            "1 where the oldest waits too long.",
            "queue",
            {b.name: int(b.is_overdue) for b in backlogs},
        )
        yield _gauge("wecena_queue_parked", "Rows parked with a reason.", "queue", {b.name: b.parked for b in backlogs})
        yield _gauge("wecena_tasks", "Tasks by state.", "status", tasks)
        yield _gauge("wecena_deliveries", "Deliveries kept, by outcome.", "outcome", deliveries)


def _gauge(name: str, text: str, label: str, values: dict[str, int] | dict[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
