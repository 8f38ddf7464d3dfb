# SPDX-License-Identifier: Apache-2.0
"""This repository as it was at another commit, for benchmarks of before and now."""

from __future__ import annotations

import io
import pathlib
import subprocess
import sys
import tarfile
from collections.abc import Callable

from benchmarks import options, tables

ROOT = pathlib.Path(__file__).parents[1]


def extract(commit: str, path: str, folder: pathlib.Path) -> pathlib.Path:
    """Puts a folder of the repository as it was at a commit into `folder`, and returns `folder`.

    Args:
        commit: anything that git takes for a commit of this repository.
        path: of the folder, from the root of the repository.
        folder: need not be there.

    Raises:
        ValueError: if git knows no such commit, or the commit has no such folder.
    """
    archive = subprocess.run(
        ["git", "archive", "--format=tar", commit, path],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if archive.returncode:
        reason = archive.stderr.decode(errors="replace").strip()
        raise ValueError(f"commit is {commit!r}, want one of this repository: {reason}")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as package:
        package.extractall(folder, filter="data")
    return folder


def run(module: str, text: str, main: Callable[[str, options.Options], list[tables.Table]]) -> None:
    """Runs a benchmark whose first argument is a commit.

    Args:
        module: its name, for `python -m`.
        text: what it measures, shown by `--help`.
        main: measures, and returns the tables.
    """
    first, *others = sys.argv[1:] or [""]
    if first in ("-h", "--help"):
        options.parse(text, [first], usage=f"python -m {module} COMMIT [options]")
    if not first or first.startswith("-"):
        raise SystemExit(f"{text}\nGot no commit.")
    given = options.parse(text, others)
    tables.report(f"python -m {module} {first}", main(first, given), given)
