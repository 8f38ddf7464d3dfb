# SPDX-License-Identifier: Apache-2.0
"""The frontend bundle: what is built from frontend/ into tb_pairs_plugin/static/."""

from __future__ import annotations

from pathlib import Path

from build_tools import node

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "tb_pairs_plugin" / "static"
ENTRY = STATIC / "index.js"


class BundleError(RuntimeError):
    """The bundle is not there and cannot be built."""


def is_brought_along() -> bool:
    """Claims that this tree is an unpacked sdist, which holds the bundle it was released with."""
    return (ROOT / "PKG-INFO").is_file()


def _are_packages_current() -> bool:
    lock, installed = FRONTEND / "package-lock.json", FRONTEND / "node_modules/.package-lock.json"
    return installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime


def _npm(*arguments: str) -> None:
    status = node.run_npm(arguments, cwd=FRONTEND)
    if status != 0:
        raise BundleError(f"`npm {' '.join(arguments)}` in frontend/ ended with status {status}")


def install_packages() -> None:
    """Installs what frontend/package-lock.json names, unless it is installed already.

    Raises:
        BundleError: npm failed.
        NodeMissingError: There is no usable Node.js.
    """
    if not _are_packages_current():
        _npm("ci", "--no-audit", "--no-fund")


def provide() -> None:
    """Makes sure that the bundle is there: builds it in a checkout, expects it in an sdist.

    Raises:
        BundleError: The build failed, or made no bundle, or the sdist is incomplete.
        NodeMissingError: There is no usable Node.js to build with.
    """
    if not is_brought_along():
        if not (FRONTEND / "package.json").is_file():
            raise BundleError(f"no frontend sources in {FRONTEND}, so no bundle can be built")
        install_packages()
        _npm("run", "build")
    if not ENTRY.is_file():
        raise BundleError(f"{ENTRY} is missing; a package without the dashboard is of no use")
