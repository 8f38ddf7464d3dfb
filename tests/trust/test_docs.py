# SPDX-License-Identifier: Apache-2.0
"""Each promise of `docs/faults.md`, and each warning of `docs/writing.md`, has its test."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
_, _, WARNINGS = GUIDE.partition("\n## Warnings\n")
NAMED = sorted(set(re.findall(r"`(test_\w+|Test\w+)`", PAGE + WARNINGS)))
SOURCES = "".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "tb_pairs_plugin").rglob("*.py")
)
THERE = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(
        r"^(?:def (test_\w+)|(Test\w+) =)", path.read_text("utf-8"), re.MULTILINE
    )
    for name in name
}


@pytest.mark.parametrize("name", NAMED)
def test_a_promise_has_its_test(name: str) -> None:
    assert name in THERE


def test_every_row_names_its_test() -> None:
    promises, _, _ = PAGE.partition("## Beside")
    rows = [line for line in promises.splitlines() if line.startswith("| ") and "---" not in line]
    unshown = [row for row in rows if not re.search(r"`(test_|Test|make )", row)]
    assert {row.split(" | ")[-1] for row in unshown} <= {"shown by |"}


def test_every_warning_names_its_test() -> None:
    rows = [line for line in WARNINGS.splitlines() if line.startswith("| `")]
    assert len(rows) == len(BEGINNINGS)
    assert [row for row in rows if not re.search(r" \| `test_\w+` \|$", row)] == []


BEGINNINGS = re.findall(r"^\| (`pairs.*?|`Pairs.*?) \| ", WARNINGS, re.MULTILINE)


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_listed_warning_is_one_of_the_package(beginning: str) -> None:
    for part in re.findall(r"`([^`]*)`", beginning):
        assert part in SOURCES


def texts_of_warnings() -> Iterator[str]:
    """How the texts that the package warns by begin, up to the first value in them."""
    for path in (ROOT / "tb_pairs_plugin").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = {"warn_caller": 0, "warn_once": 1}.get(node.func.id)
                if place is not None and path.name != "warn.py":
                    text = node.args[place]
                    first = text.values[0] if isinstance(text, ast.JoinedStr) else text
                    assert isinstance(first, ast.Constant), ast.unparse(node)
                    yield str(first.value)


def test_every_warning_is_listed_and_issued_in_one_way() -> None:
    listed = [re.findall(r"`([^`]*)`", beginning)[0] for beginning in BEGINNINGS]
    texts = list(texts_of_warnings())
    assert len(texts) >= len(listed) > 5
    for text in texts:
        assert text.lower().startswith("pairs")
        assert any(text.startswith(one) for one in listed), text
    assert SOURCES.count("warnings.warn") == (ROOT / "tb_pairs_plugin/writing/warn.py").read_text(
        encoding="utf-8"
    ).count("warnings.warn")
