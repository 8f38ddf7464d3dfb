# SPDX-License-Identifier: Apache-2.0
"""Installs the wheel beside old and new libraries and looks whether all of it works there.

    make compat                                   # builds the wheel first
    python scripts/compat.py --only 'tensorboard 2.17'

Each cell is an environment of its own, which is removed afterwards. In it a record is written with
each library that is there, TensorBoard is started on both of its data servers, and the record is
read back. Cells whose Python is not on the path are left out, and named. It ends with status 1
where a cell failed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SMOKE = Path(__file__).with_name("compat_smoke.py")
MINUTES = 20  # for one cell; TensorFlow is a large download


@dataclass(frozen=True)
class Cell:
    """An environment: its name, its Python, and what is installed beside the wheel."""

    name: str
    python: str
    requirements: tuple[str, ...]


# TensorBoard up to 2.20 needs pkg_resources, which setuptools 82 dropped.
_PKG_RESOURCES = "setuptools<82"
CELLS = (
    Cell("tensorboard 2.17", "3.10", ("tensorboard==2.17.*", _PKG_RESOURCES)),
    Cell("tensorboard 2.17", "3.12", ("tensorboard==2.17.*", _PKG_RESOURCES)),
    Cell("tensorboard 2.18", "3.11", ("tensorboard==2.18.*", _PKG_RESOURCES)),
    Cell("tensorboard 2.19", "3.12", ("tensorboard==2.19.*", _PKG_RESOURCES)),
    Cell("tensorboard 2.20", "3.12", ("tensorboard==2.20.*", _PKG_RESOURCES)),
    Cell("tensorboard 2.21", "3.10", ("tensorboard==2.21.*",)),
    Cell("tensorboard 2.21", "3.13", ("tensorboard==2.21.*",)),
    Cell("tensorflow 2.15", "3.11", ("tensorflow-cpu==2.15.*", _PKG_RESOURCES)),
    Cell("tensorflow 2.18", "3.12", ("tensorflow-cpu==2.18.*", _PKG_RESOURCES)),
    Cell("tensorflow 2.21", "3.13", ("tensorflow-cpu==2.21.*",)),
    Cell("torch", "3.12", ("torch", "tensorboard==2.21.*")),
    Cell("tensorboardX", "3.12", ("tensorboardX", "tensorboard==2.21.*")),
)


def interpreter(version: str) -> str | None:
    """Returns the command of a Python of that version, or None where there is none."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    for command in (sys.executable, shutil.which(f"python{version}")):
        if command is None:
            continue
        ran = subprocess.run([command, "-c", code], capture_output=True, text=True, check=False)
        if ran.stdout.strip() == version:
            return command
    return None


def try_out(cell: Cell, wheel: Path) -> str:
    """Returns what became of a cell: `ok` and versions, `no Python`, or `failed` and why."""
    python = interpreter(cell.python)
    if python is None:
        return "no Python of that version here"
    with tempfile.TemporaryDirectory(prefix="pairs-compat-") as folder:
        own = Path(folder) / "venv" / "bin" / "python"
        pip = (str(own), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        steps = (
            [python, "-m", "venv", str(own.parents[1])],
            [*pip, *cell.requirements, str(wheel)],
            [str(own), "-W", "error::RuntimeWarning", str(SMOKE), str(Path(folder) / "logs")],
        )
        ran = None
        for step in steps:
            try:
                ran = subprocess.run(
                    step, capture_output=True, text=True, cwd=folder, timeout=60 * MINUTES
                )
            except subprocess.TimeoutExpired:
                return f"failed: {Path(step[0]).name} {step[1]} took over {MINUTES} minutes"
            if ran.returncode != 0:
                lines = [line for line in ran.stderr.splitlines() if line.strip()]
                return f"failed: {lines[-1] if lines else ran.stdout[-200:]}"
        assert ran is not None
        return f"ok: {ran.stdout.strip().splitlines()[-1]}"


def main() -> int:
    """Tries the cells that the command line asks for; returns the status to end with."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", default="", help="cells whose name and Python hold this text")
    parser.add_argument("--wheel", type=Path, help="default: the one in dist/")
    arguments = parser.parse_args()
    wheels = [arguments.wheel] if arguments.wheel else sorted((ROOT / "dist").glob("*.whl"))
    if not wheels:
        print("no wheel in dist/, run `make wheel` first", file=sys.stderr)
        return 2
    failed = False
    print("| installed | Python | |\n| --- | --- | --- |")
    for cell in CELLS:
        if arguments.only in f"{cell.name} {cell.python}":
            outcome = try_out(cell, wheels[-1].resolve())
            failed |= outcome.startswith("failed")
            print(f"| {cell.name} | {cell.python} | {outcome} |", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
