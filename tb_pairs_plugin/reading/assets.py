# SPDX-License-Identifier: Apache-2.0
"""The page's own files, from the package."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path

from werkzeug.security import safe_join

from tb_pairs_plugin import fallback

logger = logging.getLogger(__name__)

INDEX = "index.js"

_CONTENT_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
_NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\Z", re.ASCII)
_HASHED = re.compile(r"-[A-Z0-9]{8}\.[a-z0-9]+\Z")
_CHUNK = re.compile(rb"""["']\./([A-Za-z0-9_./-]+\.js)["']""")
_REPAIR = (
    "Install tb_pairs_plugin again (from a checkout: run `pip install .`, which builds the page), "
    "then reload this tab."
)


@dataclass(frozen=True)
class Asset:
    """A file to serve; `forever` if its name changes with its content."""

    body: bytes
    content_type: str
    forever: bool


class Assets:
    """The files under a folder."""

    def __init__(self, folder: Path) -> None:
        """Serves files of `folder`, which need not exist."""
        self._folder = folder

    def read(self, name: str) -> Asset | None:
        """Returns the file `name`, whose folders are parted by slashes; None if it isn't served."""
        content_type = _CONTENT_TYPES.get(Path(name).suffix)
        path = safe_join(str(self._folder), name) if _NAME.match(name) else None
        if content_type is None or path is None:
            return None
        try:
            body = Path(path).read_bytes()
        except OSError as error:
            if not isinstance(error, (FileNotFoundError, IsADirectoryError, NotADirectoryError)):
                logger.warning("Pairs: can't read %s: %s", name, error)
            return None
        return Asset(body, content_type, _HASHED.search(name) is not None)

    def index(self) -> Asset:
        """Returns the module that TensorBoard imports, or one that says why it can't be had."""
        found = self.read(INDEX)
        if found is None:
            message = "The page of the Pairs plugin is missing from this installation."
        elif b"render" not in found.body:
            message = "The page of the Pairs plugin is damaged: index.js has nothing to show."
        else:
            missing = self._missing_chunks(found.body)
            if not missing:
                return found
            message = f"The page of the Pairs plugin is incomplete: {missing[0]} is missing."
        body = fallback.index_module(f"{message} {_REPAIR}")
        return Asset(body, _CONTENT_TYPES[".js"], forever=False)

    def _missing_chunks(self, index: bytes) -> list[str]:
        names = sorted({name.decode("ascii") for name in _CHUNK.findall(index)})
        return [name for name in names if not (self._folder / name).is_file()]
