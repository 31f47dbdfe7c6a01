"""The command `wecena`: its groups, its exit codes and its one line for what went wrong."""

from __future__ import annotations

import os
import sys

import click
import structlog
from sqlalchemy.exc import OperationalError

from connector import logs
from connector.cli.backup import backup, restore
from connector.cli.demo import demo
from connector.cli.doctor import doctor
from connector.cli.harvest import harvest
from connector.cli.parked import parked, release
from connector.cli.person import person, token
from connector.cli.project import project
from connector.cli.recorded import recorded
from connector.cli.replay import replay
from connector.cli.report import report
from connector.cli.run import migrate, run, web, work
from connector.cli.size import size
from connector.errors import UserError
from sources.errors import SourceError

log = structlog.get_logger(__name__)


class Refused(click.ClickException):
    """A request that cannot be carried out: exit code 1 and one line on stderr."""

    def show(self, file: object = None) -> None:  # noqa: ARG002  (the signature is click's)
        """The line: what happened and what to do."""
        click.echo(f"wecena: {' '.join(self.message.split())}", err=True)


class Commands(click.Group):
    """A group whose errors are sentences."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; every error but click's own leaves as one line."""
        try:
            return super().invoke(ctx)
        except (UserError, SourceError) as exc:
            raise Refused(str(exc)) from exc
        except OperationalError as exc:
            raise Refused(f"The database cannot be used: {exc.orig}. Run `wecena doctor`.") from exc
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader went away, as `head` does
            raise click.exceptions.Exit(0) from None
        except Exception as exc:  # the last resort of the command line
            log.debug("command failed", exc_info=True)
            message = f"{type(exc).__name__}: {exc}"
            raise Refused(f"Something broke: {message}. WECENA_LOG_LEVEL=debug shows where; please report it.") from exc


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="wecena-connector", prog_name="wecena")
def main() -> None:
    """Issues labelled for newcomers become one-day tasks for volunteers on working time.

    Example: wecena run
    """
    logs.configure("warning")


COMMANDS = (
    run, web, work, demo, recorded, migrate, project, harvest, replay, size, report, person, token, doctor, backup,
    restore, parked, release,
)  # fmt: skip
for command in COMMANDS:
    main.add_command(command)
