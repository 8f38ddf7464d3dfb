# SPDX-License-Identifier: Apache-2.0
"""The import rules of `docs/architecture.md`, and the routes of `http_api.md`."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tensorboard.plugins import base_plugin

from tb_pairs_plugin import fallback
from tb_pairs_plugin.plugin import PairsPlugin

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "tb_pairs_plugin"
MODULES = sorted(PACKAGE.rglob("*.py"))

OURS = "tb_pairs_plugin"
READING = ["loader", "plugin", "fallback", "reading"]
TOOLKITS = {"keras", "lightning", "transformers", "ignite", "monai", "mmengine", "fastai"}
PROTOBUF = "google.protobuf"
HEAVY = {"numpy", "tensorflow", "torch", "tensorboardX", "jax", "PIL", *TOOLKITS}


def imports(path: Path, *, anywhere: bool = True) -> Iterator[str]:
    """The modules that a file imports; with `anywhere` also within functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = ".".join(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(tree) if anywhere else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parents, *([base] if base else [])])
            # `from a import b` may import the module a.b.
            yield from (f"{base}.{alias.name}" for alias in node.names)


def files(*places: str) -> list[Path]:
    """The Python files of modules and packages of ours."""
    return [
        path for path in MODULES if path.relative_to(PACKAGE).with_suffix("").parts[0] in places
    ]


def ids(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(PACKAGE)) for path in paths]


def under(name: str, *packages: str) -> bool:
    """Whether a module is one of `packages` or inside one."""
    return any(name == package or name.startswith(package + ".") for package in packages)


RECORD = files("record")


@pytest.mark.parametrize("path", RECORD, ids=ids(RECORD))
def test_the_record_imports_the_standard_library_only(path: Path) -> None:
    for name in imports(path):
        assert under(name, f"{OURS}.record") or name.partition(".")[0] in sys.stdlib_module_names


PAIRING = files("pairing")


@pytest.mark.parametrize("path", PAIRING, ids=ids(PAIRING))
def test_pairing_imports_the_standard_library_and_the_parser_of_json_only(path: Path) -> None:
    for name in imports(path):
        ours = under(name, f"{OURS}.pairing", f"{OURS}.record")
        assert ours or name.partition(".")[0] in sys.stdlib_module_names


READING_FILES = files(*READING)


@pytest.mark.parametrize("path", READING_FILES, ids=ids(READING_FILES))
def test_reading_imports_neither_writing_nor_anything_heavy(path: Path) -> None:
    allowed = [f"{OURS}.{name}" for name in [*READING, "record", "pairing"]]
    for name in imports(path):
        top = name.partition(".")[0]
        # TensorBoard itself needs protobuf.
        brought = {"tensorboard", "werkzeug", *(["google"] if under(name, PROTOBUF) else [])}
        assert top in {OURS, *brought, *sys.stdlib_module_names}
        if top == OURS:
            assert under(name, *allowed, f"{OURS}._version") or name == f"{OURS}.fallback"


@pytest.mark.parametrize("path", READING_FILES, ids=ids(READING_FILES))
def test_reading_goes_through_the_data_provider_only(path: Path) -> None:
    for name in imports(path):
        assert not under(name, "tensorboard.backend.event_processing", "tensorboard.compat")


OTHERS = [path for path in MODULES if path not in {*READING_FILES, *RECORD, *PAIRING}]


@pytest.mark.parametrize("path", OTHERS, ids=ids(OTHERS))
def test_writing_does_not_import_reading(path: Path) -> None:
    for name in imports(path):
        assert not under(name, *(f"{OURS}.{module}" for module in READING))


@pytest.mark.parametrize("path", OTHERS, ids=ids(OTHERS))
def test_frameworks_are_imported_only_where_they_are_needed(path: Path) -> None:
    """At the top of a module only NumPy; the modules for one framework are free to need it."""
    name = path.relative_to(PACKAGE).with_suffix("").parts[0]
    if name in {*TOOLKITS, "session_hook"}:
        return
    tops = {module.partition(".")[0] for module in imports(path, anywhere=False)}
    assert not tops & (HEAVY - {"numpy"})


HOOKS = [path for path in MODULES if path in files(*TOOLKITS, "session_hook")]


@pytest.mark.parametrize("path", HOOKS, ids=ids(HOOKS))
def test_toolkits_collect_select_and_write_by_the_core_that_they_share(path: Path) -> None:
    own = {"collector", "run", "summary", "selection", "recording", "pairs"}
    for name in imports(path):
        assert not under(name, *(f"{OURS}.writing.{module}" for module in own))
    assert "pairs.Collector(" not in path.read_text(encoding="utf-8")


def public_classes(path: Path) -> Iterator[ast.ClassDef]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Pairs"):
            yield node


def test_whatever_a_toolkit_calls_is_guarded() -> None:
    """A class is so by its first base, `Guarded` or a guarded class of another toolkit."""
    guarded = {"Guarded", "ignite.PairsHandler"}
    bases = {
        f"{path.stem}.{node.name}": ast.unparse(node.bases[0]) if node.bases else ""
        for path in HOOKS
        for node in public_classes(path)
    }
    assert {name.partition(".")[0] for name in bases} == {
        *(TOOLKITS - {"keras"}),
        "callback",
        "session_hook",
    }
    assert {name: base for name, base in bases.items() if base not in guarded} == {}


WRITING = files("writing")


@pytest.mark.parametrize("path", WRITING, ids=ids(WRITING))
def test_writing_knows_nothing_of_logs_that_exist_already(path: Path) -> None:
    for name in imports(path):
        assert not under(name, f"{OURS}.pairing", f"{OURS}.importing")


# Each may import those before it; what is not named here uses them all.
ROOMS = ["arrays", "pictures", "kinds", "recording"]
IN_ROOMS = [path for path in WRITING if path.parent.name in ROOMS]


@pytest.mark.parametrize("path", IN_ROOMS, ids=ids(IN_ROOMS))
def test_a_room_of_writing_imports_no_room_above_it(path: Path) -> None:
    above = ROOMS[ROOMS.index(path.parent.name) + 1 :]
    for name in imports(path):
        assert not under(name, *(f"{OURS}.writing.{room}" for room in above))


@pytest.mark.parametrize("path", MODULES, ids=ids(MODULES))
def test_no_file_is_longer_than_one_can_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


IMPORTING = files("importing")


@pytest.mark.parametrize("path", IMPORTING, ids=ids(IMPORTING))
def test_importing_writes_through_the_public_verbs(path: Path) -> None:
    allowed = [f"{OURS}.{room}" for room in ("importing", "pairing", "record")]
    for name in imports(path):
        if name == OURS or not under(name, OURS):
            continue
        # The checksum of an event file is there once. What is no training has all errors raised.
        private = [f"{OURS}.writing.writers.crc32c", f"{OURS}.writing.tolerance"]
        assert under(name, *allowed, *private)


def loaded_after(statement: str) -> set[str]:
    """The top-level modules that a fresh Python has loaded after a statement."""
    ran = subprocess.run(
        [sys.executable, "-c", f"{statement}; import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return {name.partition(".")[0] for name in ran.stdout.split()}


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert not loaded_after("import tb_pairs_plugin") & HEAVY


def test_the_loader_brings_in_nothing_heavy_but_what_tensorboard_does() -> None:
    before = loaded_after("import tensorboard.plugins.base_plugin")
    assert loaded_after("import tb_pairs_plugin.loader") - before - {"logging"} <= {
        OURS,
        *sys.stdlib_module_names,
    }


def documented_routes() -> set[str]:
    """The routes that `http_api.md` has a section for."""
    text = (ROOT / "http_api.md").read_text(encoding="utf-8")
    return {"/" + route for route in re.findall(r"^## `GET ([a-z.]+)", text, re.MULTILINE)}


def test_every_route_is_documented_and_every_documented_route_exists() -> None:
    served = set(PairsPlugin(base_plugin.TBContext()).get_plugin_apps())
    # The other static files, and where else they are, stand in the section of index.js.
    assert served - {"/*", fallback.NESTED_INDEX_ROUTE} == documented_routes()


def documented_modules(side: str) -> set[str]:
    """The modules of a side that `docs/architecture.md` has a row for."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return set(re.findall(rf"^\| `{side}/([a-z_]+)", text, re.MULTILINE))


def test_every_module_of_reading_is_in_the_architecture_page() -> None:
    there = {path.stem for path in (PACKAGE / "reading").glob("*.py")} - {"__init__"}
    assert there == documented_modules("reading")


@pytest.mark.parametrize("room", ["pairing", "importing"])
def test_every_module_for_existing_logs_is_in_the_architecture_page(room: str) -> None:
    there = {path.stem for path in (PACKAGE / room).glob("*.py")}
    assert there - {"__init__"} == documented_modules(room)
