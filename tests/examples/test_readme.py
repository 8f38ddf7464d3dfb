# SPDX-License-Identifier: Apache-2.0
"""The programs of README.md: the first runs as it stands, and the others import what they use."""

import ast
import builtins
import re
import subprocess
import sys

import pytest

from tests.frameworks import interpreters, readback

README = (interpreters.ROOT / "README.md").read_text(encoding="utf-8")
FIRST, *OTHERS = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
# What a reader has: data, a model, a trainer.
OWN = {
    *("model", "masks", "photos", "scores", "names", "step", "x", "y", "x_val", "y_val"),
    *("module", "train_loader", "val_loader", "train_set", "val_set", "processor"),
}


def test_the_first_program_runs_as_it_stands_and_is_seen(tmp_path, tensorboard):
    (tmp_path / "first.py").write_text(FIRST, encoding="utf-8")
    subprocess.run([sys.executable, "first.py"], cwd=tmp_path, check=True, timeout=300)
    server = tensorboard(tmp_path / "logs", load_fast=True)
    assert set(readback.tags(server)) == {"val/discs"}
    assert readback.steps(server, "val/discs") == list(range(10))
    (series,) = server.pairs_json("series", ("tag", "val/discs"))["runs"].values()
    first, *_, last = series["metrics"]["iou"]
    assert first < 0.7 < 0.9 < last < 1


@pytest.mark.parametrize("program", OTHERS)
def test_another_program_imports_what_it_uses(program):
    nodes = list(ast.walk(ast.parse(program)))
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    names = [node for node in nodes if isinstance(node, ast.Name)]
    made = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    used = {name.id for name in names if isinstance(name.ctx, ast.Load)}
    assert used - made - imported - OWN - set(dir(builtins)) == set()
