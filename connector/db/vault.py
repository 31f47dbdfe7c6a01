"""Secrets at rest: AES-256-GCM under a key derived from the master key, with a key id in front."""

from __future__ import annotations

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from connector.errors import ConfigurationError

KEY_ID_BYTES = 4
NONCE_BYTES = 12


class Vault:
    """Seals and opens small secrets. A sealed value is key id, nonce and ciphertext."""

    def __init__(self, secret_key: str) -> None:
        key = hashlib.sha256(b"wecena vault\0" + secret_key.encode()).digest()
        self._key_id = hashlib.sha256(key).digest()[:KEY_ID_BYTES]
        self._cipher = AESGCM(key)

    def seal(self, secret: bytes) -> bytes:
        """Encrypt; the same secret never looks the same twice."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self._key_id + nonce + self._cipher.encrypt(nonce, secret, self._key_id)

    def open(self, sealed: bytes) -> bytes:
        """Decrypt; raises `ConfigurationError` where the master key is another one."""
        key_id, rest = sealed[:KEY_ID_BYTES], sealed[KEY_ID_BYTES:]
        try:
            return self._cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], key_id)
        except (InvalidTag, ValueError) as exc:
            raise ConfigurationError(
                "WECENA_SECRET_KEY is not the key that this database was written with: restore the file secret.key."
            ) from exc
