# SPDX-License-Identifier: Apache-2.0
"""What users are told to start, and with which flags."""

import argparse
import subprocess
from pathlib import Path

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.reading import loading
from tests import servers
from tests.reading import answers

MASK = np.zeros((1, 8, 8), np.uint8)
# Names that JSON writes with escapes.
ESCAPED = ['say "a"', "back\\slash", "a\ttab"]


def test_a_data_server_of_its_own_has_flags_of_its_own(tmp_path: Path) -> None:
    flags = argparse.Namespace(grpc_data_provider="localhost:6806")
    app = answers.App(answers.load(tmp_path), flags=flags)
    assert app.json("tags")["kept"] == {
        "program": "the data server",
        "limit": None,
        "flag": "--samples-per-plugin=pairs=all",
    }


@pytest.mark.parametrize("run", ESCAPED)
def test_runs_that_the_data_server_cannot_read_are_told_with_a_way_out(
    tmp_path: Path, run: str, load_fast: bool
) -> None:
    pairs.summary("v", MASK, MASK, 0, kind=pairs.Mask(), writer=tmp_path / run)
    with servers.tensorboard(tmp_path, load_fast=load_fast) as server:
        body = server.pairs("frames", ("tag", "v"), ("at", f"0:{run}")).body
        error = str(answers.unpack(body).frames[0].get("error", ""))
    if load_fast:
        assert error.endswith("start TensorBoard with --load_fast=false, or rename it")
    else:
        assert error == ""


def test_the_flag_that_is_named_is_one_that_the_data_server_knows() -> None:
    server = pytest.importorskip("tensorboard_data_server").server_binary()
    flags = argparse.Namespace(grpc_data_provider="localhost:6806")
    context = argparse.Namespace(flags=flags, sampling_hints=None)
    name = loading.read_flags(context).keep_all.partition("=")[0]
    shown = subprocess.run([server, "--help"], capture_output=True, text=True, check=True).stdout
    assert f"{name} <" in shown
    assert "the special token `all`" in shown
