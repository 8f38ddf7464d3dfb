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
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
_NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\Z", re.ASCII)
_HASHED = re.compile(r"-[0-9a-f]{8}\.[a-z0-9]+\Z")
_CHUNK = re.compile(rb"""["'`]\./([A-Za-z0-9_./-]+\.js)["'`]""")
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
        self._named: dict[str, list[str]] = {}

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
            missing = self._missing_chunk(found.body)
            if missing is None:
                return found
            message = f"The page of the Pairs plugin is incomplete: {missing} is missing."
        body = fallback.make_index_module(f"{message} {_REPAIR}")
        return Asset(body, _CONTENT_TYPES[".js"], forever=False)

    def _missing_chunk(self, index: bytes) -> str | None:
        """Returns one of the files that the page is made of, near or far, that is not there."""
        waiting = _chunks_in(index)
        seen = {INDEX, *waiting}
        while waiting:
            name = waiting.pop(0)
            if not (self._folder / name).is_file():
                return name
            fresh = [chunk for chunk in self._chunks_of(name) if chunk not in seen]
            seen.update(fresh)
            waiting += fresh
        return None

    def _chunks_of(self, name: str) -> list[str]:
        """Returns the imports of a file; each is read once, as its name stands for its content."""
        if _HASHED.search(name) is None:
            return []
        if name not in self._named:
            found = self.read(name)
            self._named[name] = _chunks_in(found.body) if found else []
        return self._named[name]


def _chunks_in(module: bytes) -> list[str]:
    return sorted({name.decode("ascii") for name in _CHUNK.findall(module)})
