"""Report pages: for coordinators any company, for company contacts their own, for nonprofits the days they were given."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, render_template, request
from sqlalchemy.orm import Session

from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action
from connector.db.tables import Company, Nonprofit
from connector.errors import NotFoundError
from connector.reports import exports, forms, pages, queries
from connector.reports.rules import Report
from connector.web.formats import zone
from connector.web.i18n import current_language
from connector.web.inputs import row_id
from connector.web.services import services

blueprint = Blueprint("reports", __name__)


@blueprint.get("/coordinator/reports")
@requires(Action.READ_PROGRAMME_REPORT)
def choose() -> str | Response:
    """Choose a company and a period; with a company chosen, its report."""
    with services().db.readers() as session:
        chosen = request.args.get("company", type=row_id)
        if chosen is None:
            options = [(each.id, each.name) for each in queries.companies(session)]
            return render_template("reports/choose.html", options=options, period=_period())
        return _page(session, _company(session, chosen))


@blueprint.get("/company")
@requires(Action.READ_COMPANY_REPORT)
def own() -> str | Response:
    """The report of one's own company."""
    with services().db.readers() as session:
        return _page(session, _company(session, principal().company_id))


@blueprint.get("/company/<int:company_id>/report")
@requires(Action.READ_COMPANY_REPORT)
def company(company_id: int) -> str | Response:
    """A company's report; a contact sees no other company than their own."""
    if not principal().runs_programme and company_id != principal().company_id:
        raise NotFoundError
    with services().db.readers() as session:
        return _page(session, _company(session, company_id))


@blueprint.get("/nonprofit")
@requires(Action.READ_NONPROFIT_DAYS)
def nonprofit() -> str:
    """The days that a nonprofit was given."""
    with services().db.readers() as session:
        found = session.get(Nonprofit, principal().nonprofit_id or 0)
        if found is None:
            raise NotFoundError
        lines = queries.days_of_nonprofit(session, found.id)
        return render_template("reports/nonprofit.html", nonprofit=found, lines=lines, **pages.words())


def _page(session: Session, found: Company) -> str | Response:
    report = _report(session, found)
    wanted = request.args.get("format", "")
    if wanted:
        return _download(report, wanted)
    helped = [(each.id, each.name) for each in queries.nonprofits_helped(session, found.id)]
    return render_template(
        "reports/report.html", report=report, company=found, helped=helped, chosen=_nonprofit_id(), **pages.words()
    )


def _report(session: Session, found: Company) -> Report:
    period = _period()
    chosen = _nonprofit_id()
    narrowed = session.get(Nonprofit, chosen) if chosen else None
    if chosen and narrowed is None:
        raise NotFoundError
    return queries.completion(session, company=found, nonprofit=narrowed, start=period.start, end=period.end)


def _download(report: Report, wanted: str) -> Response:
    body = exports.render(report, wanted, current_language())
    response = Response(body, content_type=exports.TYPES[wanted])
    response.headers["Content-Disposition"] = f'attachment; filename="{exports.file_name(report, wanted)}"'
    return response


def _period() -> forms.Period:
    return forms.period(request.args, _today())


def _today() -> date:
    return services().clock().astimezone(zone()).date()


def _nonprofit_id() -> int | None:
    return request.args.get("nonprofit", type=row_id)


def _company(session: Session, company_id: int | None) -> Company:
    found = session.get(Company, company_id or 0)
    if found is None:
        raise NotFoundError
    return found
