# SPDX-License-Identifier: Apache-2.0
"""Each promise of `docs/faults.md` has the test that it names."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(test_\w+|Test\w+)`", PAGE)))
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
