"""The peer that keeps the same promise the plain way: a Flask endpoint with one durable insert per request."""

from __future__ import annotations

import hashlib
import hmac
import os
import sqlite3
import threading
import time

from flask import Flask, Response, request

SECRET = os.environ["PEER_SECRET"].encode()
DATABASE = os.environ["PEER_DATABASE"]
TABLE = (
    "CREATE TABLE IF NOT EXISTS delivery (id INTEGER PRIMARY KEY, hook TEXT, external_id TEXT, event TEXT, body BLOB, "
    "received_at REAL, UNIQUE (hook, external_id))"
)
INSERT = "INSERT OR IGNORE INTO delivery (hook, external_id, event, body, received_at) VALUES (?, ?, ?, ?, ?)"
app = Flask(__name__)
local = threading.local()


@app.post("/webhooks/github/<key>")
def receive(key: str) -> Response:
    """Check, insert, commit, answer."""
    body = request.get_data()
    expected = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers.get("X-Hub-Signature-256", ""), expected):
        return Response(status=401)
    row = (key, request.headers["X-GitHub-Delivery"], request.headers["X-GitHub-Event"], body, time.time())
    _connection().execute(INSERT, row)
    return Response(status=202)


def _connection() -> sqlite3.Connection:
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(DATABASE, timeout=30, isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", TABLE):
            local.connection.execute(statement)
    connection: sqlite3.Connection = local.connection
    return connection
