"""A keyring for the library that keeps values in a file, so that several processes share it.

Chosen by PYTHON_KEYRING_BACKEND=filering.FileRing; TEST_RING names the file.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class FileRing(KeyringBackend):
    """Values in a JSON object, by name."""

    priority = 1  # type: ignore[assignment]  # the library has a property of classes here

    def get_password(self, service: str, username: str) -> str | None:
        """Return a value."""
        del service
        value = json.loads(Path(os.environ["TEST_RING"]).read_text()).get(username)
        return None if value is None else str(value)

    def set_password(self, service: str, username: str, password: str) -> None:
        """Refuse."""
        raise NotImplementedError

    def delete_password(self, service: str, username: str) -> None:
        """Refuse."""
        raise NotImplementedError
