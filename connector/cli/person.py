"""``wecena person`` and ``wecena token``: who may come in, and how."""

from __future__ import annotations

from datetime import datetime

import click
from sqlalchemy.orm import Session

from connector.accounts import service
from connector.accounts.rules import LinkKind, Role
from connector.accounts.service import Invitation
from connector.cli.context import open_services, print_json
from connector.db.tables import ApiToken, Person
from connector.errors import NotFoundError
from connector.projects import queries


@click.group(short_help="Invite people, give them links.")
def person() -> None:
    """Invite people and give them one-time sign-in links.

    Example: wecena person invite lea@example.org --role volunteer --company "Lanterne Conseil"
    """


@person.command(short_help="Invite a person, print their link.")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--company", default="", help="Their company, created if new.")
@click.option("--nonprofit", default="", help="Their nonprofit, created if new.")
@click.option("--project", "projects", multiple=True, help="A maintainer's project: id, owner/name or address.")
@click.option("--name", default="", help="How to call them.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document.")
def invite(
    *, email: str, role: str, company: str, nonprofit: str, projects: tuple[str, ...], name: str, wants_json: bool
) -> None:
    """Create the person EMAIL, or change their role, and print a link that works once within 14 days.

    Example: wecena person invite lea@example.org --role coordinator
    """
    services = open_services()
    with services.db.sessions.begin() as session:
        ids = tuple(queries.find(session, text).id for text in projects)
        wanted = Invitation(email, Role(role), company=company, nonprofit=nonprofit, project_ids=ids, name=name)
        invited = service.invite(session, wanted, now=services.clock())
        answer = {
            "person": invited.person.id,
            "email": invited.person.email,
            "role": invited.person.role,
            "link": service.link_url(services.settings.public_url, invited.token),
        }
    if wants_json:
        print_json(answer)
    else:
        click.echo(f"{answer['email']} is invited as {answer['role']}. The link works once within 14 days:")
        click.echo(answer["link"])


@person.command(short_help="Print a new one-time sign-in link.")
@click.argument("email")
def link(email: str) -> None:
    """Print a new sign-in link for EMAIL; it works once.

    Example: wecena person link lea@example.org
    """
    services = open_services()
    with services.db.sessions.begin() as session:
        found = _known(session, email)
        made = service.make_link(session, found, _kind_for(found), now=services.clock())
    click.echo(service.link_url(services.settings.public_url, made))


@click.group(short_help="API tokens.")
def token() -> None:
    """Create tokens for the API, look after them and revoke them.

    Example: wecena token create --person lea@example.org
    """


@token.command(short_help="Create an API token, shown once.")
@click.option("--person", "email", required=True, help="E-mail address of the person.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document.")
def create(*, email: str, wants_json: bool) -> None:
    """Create an API token with the rights of a person. It is shown once and not kept.

    Example: wecena token create --person lea@example.org --json
    """
    services = open_services()
    with services.db.sessions.begin() as session:
        made = service.make_token(session, _known(session, email), services.clock())
    if wants_json:
        print_json({"token": made})
    else:
        click.echo(made)


@token.command(name="list", short_help="List tokens: whose, and when last used.")
@click.option("--person", "email", help="E-mail address of the person; else those of everybody.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document.")
def list_tokens(*, email: str | None, wants_json: bool) -> None:
    """List API tokens with the number that `wecena token revoke` takes. What opens the door is kept nowhere.

    Example: wecena token list --person lea@example.org
    """
    services = open_services()
    with services.db.readers() as session:
        person = None if email is None else _known(session, email, is_here=False)
        rows = [_as_json(row, whose) for row, whose in service.tokens(session, person)]
    if wants_json:
        print_json(rows)
        return
    for row in rows:
        state = f"revoked {row['revoked_at']}" if row["revoked_at"] else f"last used {row['last_used_at'] or 'never'}"
        click.echo(f"{row['token']:>4}  {row['person']}  made {row['created_at']}  {state}")
    if not rows:
        click.echo("There is no token.")


@token.command(short_help="Revoke an API token.")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
def revoke(number: int) -> None:
    """Let the token with this NUMBER open nothing any more, from now on: for one that was lost or is not needed.

    Example: wecena token revoke 3
    """
    services = open_services()
    with services.db.sessions.begin() as session:
        service.revoke_token(session, number, services.clock())
    click.echo(f"Token {number} is revoked.")


def _as_json(row: ApiToken, whose: str) -> dict[str, object]:
    return {
        "token": row.id,
        "person": whose,
        "created_at": _moment(row.created_at),
        "last_used_at": _moment(row.last_used_at),
        "revoked_at": _moment(row.revoked_at),
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _known(session: Session, email: str, *, is_here: bool = True) -> Person:
    found = service.person_by_email(session, email)
    if found is None or (is_here and found.disabled_at is not None):
        raise NotFoundError(f"Nobody is known as {email}: invite them with `wecena person invite`.")
    return found


def _kind_for(found: Person) -> LinkKind:
    """Somebody who never came gets as long as their invitation, others the short time of a sign-in."""
    return LinkKind.INVITATION if found.last_seen_at is None else LinkKind.SIGN_IN
