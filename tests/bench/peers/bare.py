"""The peer that promises nothing: a Flask endpoint that checks the signature and answers."""

from __future__ import annotations

import hashlib
import hmac
import os

from flask import Flask, Response, request

SECRET = os.environ["PEER_SECRET"].encode()
app = Flask(__name__)


@app.post("/webhooks/github/<key>")
def receive(key: str) -> Response:
    """Check and answer; nothing is kept."""
    expected = "sha256=" + hmac.new(SECRET, request.get_data(), hashlib.sha256).hexdigest()
    is_genuine = hmac.compare_digest(request.headers.get("X-Hub-Signature-256", ""), expected)
    return Response(status=202 if is_genuine else 401)
