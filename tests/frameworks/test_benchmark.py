# SPDX-License-Identifier: Apache-2.0
"""The benchmark of the toolkits works with all of them. What it measures is no matter of tests."""

import json

import pytest

from tests.frameworks import interpreters

TOOLKITS = ["keras", "lightning", "transformers", "ignite", "fastai", "mmengine"]


@pytest.mark.nightly
def test_an_epoch_of_lightning_and_others_is_measured_with_and_without(tmp_path):
    python = interpreters.choose("lightning_benchmark", TOOLKITS)
    written = tmp_path / "result.json"
    interpreters.run(
        python,
        "-m",
        "benchmarks.toolkits",
        "--short",
        f"--json={written}",
        environ={"KERAS_BACKEND": "torch", "OMP_NUM_THREADS": "1"},
    )
    table = json.loads(written.read_text())["tables"]["toolkits"]
    assert [row[0] for row in table["rows"]] == TOOLKITS
    assert all(value > 0 for row in table["rows"] for value in row[2]["values"])
