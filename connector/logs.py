"""Logs go to stderr, one line per decision, so that stdout stays the command's answer."""

from __future__ import annotations

import logging
import sys

import msgspec
import structlog

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


ENCODE = msgspec.json.Encoder(enc_hook=repr, order="deterministic").encode


def _as_json(line: object, **_options: object) -> str:
    return ENCODE(line).decode()


def configure(level: str) -> None:
    """Write our own lines from this level on, and those of libraries from warning on. For people on a terminal."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    lines = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer(_as_json)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            lines,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=lambda *_names: structlog.WriteLogger(sys.stderr),  # the stream of that moment
    )
