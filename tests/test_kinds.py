# SPDX-License-Identifier: Apache-2.0
"""A kind is one file on each side, found through a registry; no other file asks which one it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.record import kinds as record_kinds
from tb_pairs_plugin.writing import kinds

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "tb_pairs_plugin"
ROOMS = [PACKAGE / "record" / "kinds", PACKAGE / "writing" / "kinds"]

NAMES = {kind.name for kind in record_kinds.KINDS}
CLASSES = {kind.__name__ for kind in (*record_kinds.KINDS, *kinds.KINDS)}


def outside() -> list[Path]:
    """The files that may not know which kinds there are."""
    found = [path for path in PACKAGE.rglob("*.py") if not {*path.parents} & {*ROOMS}]
    # Words in the names of tags, such as "mask", say what a picture of a log may be.
    return sorted(path for path in found if PACKAGE / "pairing" not in path.parents)


def asks(source: str) -> Iterator[str]:
    """Where code asks for a kind: by its class, its name, or what it makes of its name."""
    tree = ast.parse(source)
    # Pillow's class is called Image too.
    others = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PIL")
        for alias in node.names
    }
    classes = CLASSES - others
    for node in ast.walk(tree):
        found: set[str] = set()
        if isinstance(node, ast.Call):
            found = asked_by_call(node, classes)
        elif isinstance(node, ast.Subscript):
            found = {"[kind.name]"} if is_name_of_kind(node.slice) else set()
        elif isinstance(node, ast.Compare):
            words = words_in(node)
            found = words & classes
            # `image` is an argument of `summary` too.
            found |= texts_in(node) & NAMES if words & {"name", "kind"} else set()
        elif isinstance(node, ast.Dict):
            keys = ast.List([key for key in node.keys if key is not None])
            found = words_in(keys) & classes
            names = texts_in(keys) & NAMES
            found |= names if len(names) > 1 else set()
        elif isinstance(node, ast.match_case):
            found = (words_in(node.pattern) & classes) | (texts_in(node.pattern) & NAMES)
        yield from sorted(found)


def asked_by_call(node: ast.Call, classes: set[str]) -> set[str]:
    """What a call asks: `isinstance`, or a method of a name that makes another name of it."""
    function = node.func
    if isinstance(function, ast.Name) and function.id in ("isinstance", "issubclass"):
        return words_in(node.args[1]) & classes
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Attribute):
        spells = function.attr in ("capitalize", "title") and function.value.attr == "name"
        return {function.attr} if spells or is_name_of_kind(function.value) else set()
    return set()


def is_name_of_kind(node: ast.AST) -> bool:
    """Whether code is `kind.name`, of any kind."""
    return isinstance(node, ast.Attribute) and node.attr == "name" and "kind" in words_in(node)


def words_in(node: ast.AST) -> set[str]:
    """The names and attributes in a part of code."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return names | {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def texts_in(node: ast.AST) -> set[str]:
    """The texts in a part of code."""
    found = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {value for value in found if isinstance(value, str)}


@pytest.mark.parametrize("path", outside(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_files_of_kinds_ask_for_a_kind(path: Path) -> None:
    assert list(asks(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "isinstance(kind, Mask)",
        "isinstance(kind, (kinds.Mask, Flow))",
        "type(kind) is Heatmap",
        "kind.name == 'mask'",
        "kind.name in ('mask', 'image')",
        "kind.name != HeatmapKind.name",
        "{'mask': 1, 'heatmap': 2}[kind.name]",
        "{Mask: 1}[type(kind)]",
        "f'pairs.{kind.name.capitalize()}'",
        "f'pairs.{first.name.title()}'",
        "record.kind.name.startswith('m')",
        "WAYS[draft.kind.name]",
        "match kind.name:\n  case 'image': pass",
        "match kind:\n  case Image(): pass",
    ],
)
def test_asking_is_seen_in_every_form(source: str) -> None:
    assert list(asks(source))


def test_the_two_sides_have_the_same_kinds_and_users_get_them_all() -> None:
    assert [kind.name for kind in kinds.KINDS] == [kind.name for kind in record_kinds.KINDS]
    for kind in kinds.KINDS:
        assert getattr(pairs, kind.__name__) is kind
        assert type(kind().to_record()) in record_kinds.KINDS
        assert kind().to_record().name == kind.name
        assert kinds.spell(kind().to_record()) == f"pairs.{kind.__name__}"


@pytest.mark.parametrize("room", ROOMS, ids=["record", "writing"])
def test_every_class_of_a_kind_is_registered(room: Path) -> None:
    base = record_kinds.Kind if room.parent.name == "record" else kinds.Kind
    registered = record_kinds.KINDS if room.parent.name == "record" else kinds.KINDS
    sources = [path.read_text(encoding="utf-8") for path in room.glob("*.py")]
    written = {name for text in sources for name in re.findall(r"^class (\w+)\(Kind\)", text, re.M)}
    assert written == {kind.__name__ for kind in registered}
    assert all(issubclass(kind, base) for kind in registered)


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_comes_back_as_it_was_stored(kind: type[kinds.Kind]) -> None:
    stored = kind().to_record()
    assert record_kinds.parse_kind(stored.to_json(), "kind") == stored


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_kind_is_in_the_format(name: str) -> None:
    assert f"\n| `{name}` | " in (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
