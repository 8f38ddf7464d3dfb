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


# Functions that ask a kind what it is.
ASKING = {"type", "hasattr", "getattr", "vars"}

# Files outside that may import the file of a kind: rules for pictures of a log name classes.
IMPORTS_A_KIND = {PACKAGE / "reading" / "existing" / "kinds.py"}


def asks(source: str) -> Iterator[str]:
    """Where code asks for a kind: by its class, its name, or what it makes of either.

    A class may only be imported, made an instance of, and stand in an annotation.
    """
    tree = ast.parse(source)
    # Pillow's class is called Image too.
    others = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PIL")
        for alias in node.names
    }
    classes = CLASSES - others
    allowed = {id(part) for node in ast.walk(tree) for part in allowed_in(node)}
    for node in ast.walk(tree):
        may_be_class = id(node) in allowed
        if isinstance(node, ast.Name) and node.id in classes and not may_be_class:
            yield node.id
        elif isinstance(node, ast.Attribute) and not is_of(node, others):
            is_class = node.attr in classes and not may_be_class
            is_taken_apart = spells(node) or is_name_of_kind(node.value)
            if is_class or is_taken_apart or (node.attr == "__class__" and is_kind(node.value)):
                yield node.attr
        elif isinstance(node, ast.Constant) and node.value in NAMES - {"image"}:
            yield str(node.value)
        elif isinstance(node, ast.Call) and id(node) not in allowed:
            yield from asked_by_call(node)
        elif isinstance(node, ast.Subscript):
            if is_name_of_kind(node.slice) or words_in(node.value) & {"KINDS"}:
                yield ast.unparse(node)
        elif isinstance(node, (ast.Compare, ast.match_case, ast.Match)):
            # `image` is an argument of `summary` too.
            yield from sorted(texts_in(node) & {"image"} if is_about_a_kind(node) else set())


def allowed_in(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that may be a kind's class, or ask whether two are the same."""
    if isinstance(node, ast.Call):
        yield node.func
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        if all(isinstance(side, ast.Call) and words_in(side.func) == {"type"} for side in sides):
            yield from sides
    annotations = [getattr(node, name, None) for name in ("annotation", "returns")]
    for annotation in annotations:
        if annotation is not None:
            yield from ast.walk(annotation)


def asked_by_call(node: ast.Call) -> Iterator[str]:
    """What a call asks of a kind: `type`, or `hasattr` and `getattr`."""
    function = node.func
    asks_all = isinstance(function, ast.Name) and function.id in ASKING
    if asks_all and node.args and is_kind(node.args[0]):
        yield ast.unparse(node)


def spells(node: ast.Attribute) -> bool:
    """Whether code makes the name of a class of a name."""
    of_name = isinstance(node.value, ast.Attribute) and node.value.attr == "name"
    return of_name and node.attr in ("capitalize", "title")


def is_of(node: ast.Attribute, names: set[str]) -> bool:
    """Whether code is a member of one of `names`, such as `Image.Image`."""
    return isinstance(node.value, ast.Name) and node.value.id in names


def is_kind(node: ast.AST) -> bool:
    """Whether code is a kind: `kind`, `self._kind`, `call.options.kind`."""
    last = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return str(last).strip("_") == "kind"


def is_name_of_kind(node: ast.AST) -> bool:
    """Whether code is `kind.name`, of any kind."""
    return isinstance(node, ast.Attribute) and node.attr == "name" and "kind" in words_in(node)


def is_about_a_kind(node: ast.AST) -> bool:
    return bool(words_in(node) & {"name", "kind"})


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
    text = path.read_text(encoding="utf-8")
    if path == PACKAGE / "__init__.py":
        # The public names.
        text = text.partition("__all__")[0]
    assert list(asks(text)) == []


@pytest.mark.parametrize("path", outside(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_folders_of_kinds_import_the_file_of_one(path: Path) -> None:
    rooms = re.compile(rf"\.kinds\.({'|'.join(sorted(NAMES))})\b")
    found = rooms.findall(path.read_text(encoding="utf-8"))
    assert found == [] or path in IMPORTS_A_KIND


@pytest.mark.parametrize(
    "source",
    [
        "isinstance(kind, Mask)",
        "isinstance(kind, (kinds.Mask, Flow))",
        "type(kind) is Heatmap",
        "kind.name == 'mask'",
        "kind.name in ('mask', 'image')",
        "kind.name != HeatmapKind.name",
        "kind.name == 'image'",
        "{'mask': 1, 'heatmap': 2}[kind.name]",
        "{Mask: 1}[type(kind)]",
        "f'pairs.{kind.name.capitalize()}'",
        "f'pairs.{first.name.title()}'",
        "record.kind.name.startswith('m')",
        "WAYS[draft.kind.name]",
        "match kind.name:\n  case 'image': pass",
        "match kind:\n  case Image(): pass",
        "MASK = 'mask'\nkind.name == MASK",
        "COUNTED = {'mask'}\nkind.name in COUNTED",
        "COUNTED = (Mask, Flow)\nisinstance(kind, COUNTED)",
        "takes = Mask\nisinstance(kind, takes)",
        "kind.__class__.__name__ == 'Mask'",
        "self._kind.__class__ is other",
        "type(kind).__name__",
        "hasattr(kind, 'classes')",
        "getattr(self._kind, 'classes', None)",
        "isinstance(kind, KINDS[1])",
        "type(kind) is kinds.KINDS[0]",
        "classes=kinds.Mask",
    ],
)
def test_asking_is_seen_in_every_form(source: str) -> None:
    assert list(asks(source))


@pytest.mark.parametrize(
    "source",
    [
        "pairs.Mask(classes=names)",
        "def make() -> pairs.Image | pairs.Mask: pass",
        "kind: Mask = Mask()",
        "names = ('ground_truth', 'prediction', 'image')",
        "value.HasField('image')",
        "from PIL import Image\nisinstance(picture, Image.Image)",
        "kind.name",
        "isinstance(kind, KINDS)",
        "type(first) is not type(kind)",
    ],
)
def test_using_a_kind_is_no_asking(source: str) -> None:
    assert not list(asks(source))


def test_the_two_sides_have_the_same_kinds_and_users_get_them_all() -> None:
    assert [kind.name for kind in kinds.KINDS] == [kind.name for kind in record_kinds.KINDS]
    for kind in kinds.KINDS:
        assert getattr(pairs, kind.__name__) is kind
        assert type(kind().to_record()) in record_kinds.KINDS
        assert kind().to_record().name == kind.name
        assert kinds.spell(kind().to_record()) == f"pairs.{kind.__name__}"


@pytest.mark.parametrize("room", ROOMS, ids=["record", "writing"])
def test_every_class_of_a_kind_is_registered(room: Path) -> None:
    base = record_kinds.StoredKind if room.parent.name == "record" else kinds.Kind
    registered = record_kinds.KINDS if room.parent.name == "record" else kinds.KINDS
    sources = [path.read_text(encoding="utf-8") for path in room.glob("*.py")]
    written = {
        name
        for text in sources
        for name in re.findall(r"^class (\w+)\((?:Stored)?Kind\)", text, re.M)
    }
    assert written == {kind.__name__ for kind in registered}
    assert all(issubclass(kind, base) for kind in registered)


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_comes_back_as_it_was_stored(kind: type[kinds.Kind]) -> None:
    stored = kind().to_record()
    assert record_kinds.parse_kind(stored.to_json(), "kind") == stored


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.__name__)
def test_the_page_knows_which_metrics_of_a_kind_are_its_own(kind: type[kinds.Kind]) -> None:
    room = ROOT / "frontend" / "src" / "kinds" / kind.name / f"{kind.name}.ts"
    listed = re.search(r"ownMetrics: \{\s*names: \[([^\]]*)\]", room.read_text(encoding="utf-8"))
    assert listed is not None
    assert re.findall(r"'(\w+)'", listed[1]) == list(kind.own_metrics)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_kind_is_in_the_format(name: str) -> None:
    assert f"\n| `{name}` | " in (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
