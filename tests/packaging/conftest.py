# SPDX-License-Identifier: Apache-2.0
"""Fixtures: a copy of this checkout, and what is built from it on a machine without Node.js."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import filelock
import pytest

ROOT = Path(__file__).parents[2]

# What git ignores; the root's own `.git` too.
_LEFT_OUT = (
    ".*",
    "*.egg-info",
    "__pycache__",
    "build",
    "dist",
    "logs",
    "node_modules",
    "static",
)


@dataclass(frozen=True)
class Built:
    """What was built from a copy of this checkout."""

    wheel: Path
    sdist: Path


@pytest.fixture(scope="session")
def without_node(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine that has a shell, and no Node.js on its PATH."""
    programs = tmp_path_factory.mktemp("programs")
    for name in ("env", "sh"):
        found = shutil.which(name)
        assert found, f"no {name} on PATH"
        (programs / name).symlink_to(found)
    return {**os.environ, "PATH": str(programs)}


def copy_checkout(target: Path, *, without: Sequence[str] = ()) -> Path:
    """Copies what git knows of this checkout to `target`, and returns it."""
    ignore = shutil.ignore_patterns(*_LEFT_OUT, *without)
    return Path(shutil.copytree(ROOT, target, ignore=ignore))


def build(
    checkout: Path, output: Path, environ: dict[str, str], *options: str
) -> "subprocess.CompletedProcess[str]":
    """Builds into `output` as a release is built, whether that succeeds or not."""
    return subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(output), *options, str(checkout)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environ,
        check=False,
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, without_node: dict[str, str]) -> Built:
    """The sdist, and the wheel built from that sdist; built once for all processes of a run."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with filelock.FileLock(shared / "built.lock"):
        dist = shared / "built"
        if not dist.exists():
            folder = tmp_path_factory.mktemp("build")
            done = build(copy_checkout(folder / "checkout"), folder / "dist", without_node)
            assert done.returncode == 0, done.stdout
            (folder / "dist").rename(dist)
    (wheel,) = dist.glob("*.whl")
    (sdist,) = dist.glob("*.tar.gz")
    return Built(wheel, sdist)
