# SPDX-License-Identifier: Apache-2.0
"""The wheel in an environment of its own: TensorBoard and NumPy, no TensorFlow, no Node.js."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests import servers
from tests.packaging.conftest import Built
from tests.stored import stored_values
from tests.writing import event_files

pytestmark = pytest.mark.slow

WRITE = """
import sys
import numpy as np
import tb_pairs_plugin as pairs

truth = np.arange(2 * 8 * 9, dtype=np.uint8).reshape(2, 8, 9) % 19
prediction = truth[:, ::-1]
assert pairs.summary("val/masks", truth, prediction, 7, kind=pairs.Mask(), writer=sys.argv[1])
"""


@pytest.fixture(scope="module")
def python(built: Built, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command of a Python that has the wheel, and sees nothing of this checkout."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    command = [str(home / ("Scripts" if os.name == "nt" else "bin") / "python"), "-I"]
    # What is imported is compiled when it is.
    pip = [*command, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-compile", str(built.wheel)], check=True)
    return command


@pytest.fixture(scope="module")
def server(
    python: list[str], without_node: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[servers.Server]:
    """TensorBoard of that environment, on a record that was written there."""
    logdir = tmp_path_factory.mktemp("logs")
    subprocess.run([*python, "-c", WRITE, str(logdir / "run")], env=without_node, check=True)
    path = {"PATH": without_node["PATH"]}
    with servers.tensorboard(logdir, load_fast=True, python=python, environ=path) as server:
        yield server


def test_tensorflow_is_not_needed(python: list[str]) -> None:
    code = "import importlib.util as u; assert u.find_spec('tensorflow') is None"
    subprocess.run([*python, "-c", code], check=True)


WHICH_ENCODER = """
import platform, sys
from tb_pairs_plugin.writing.pictures import png

has_wheels = platform.machine() in ("x86_64", "AMD64", "aarch64", "arm64")
assert ("isal" in sys.modules) is has_wheels, sorted(sys.modules)
"""


def test_the_fast_encoder_comes_along_where_it_has_wheels(python: list[str]) -> None:
    subprocess.run([*python, "-c", WHICH_ENCODER], check=True)


def test_without_the_fast_encoder_the_same_values_are_written(
    python: list[str], tmp_path: Path
) -> None:
    written = {}
    for name, first in {"isal": "", "zlib": "import sys; sys.modules['isal'] = None\n"}.items():
        subprocess.run([*python, "-c", first + WRITE, str(tmp_path / name)], check=True)
        (record,) = event_files.read(tmp_path / name)
        written[name] = [
            picture.values.tolist()
            for sample in record.samples
            for picture in (sample.ground_truth, sample.prediction)
        ]
    assert len(written["isal"]) == 4
    assert written["isal"] == written["zlib"]


def test_the_dashboard_is_served_from_the_wheel(server: servers.Server, built: Built) -> None:
    answer = server.pairs("index.js")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith(("text/javascript", "application/javascript"))
    assert "export" in answer.text
    assert "missing" not in answer.text[:200]


def test_the_plugin_is_active(server: servers.Server) -> None:
    plugin = server.json("data/plugins_listing")["pairs"]
    assert plugin["enabled"]
    assert plugin["tab_name"] == "Pairs"


def test_a_record_written_into_a_directory_is_served_exactly(server: servers.Server) -> None:
    answer = server.pairs("frames", ("tag", "val/masks"), ("at", "7:run"))
    assert answer.status == 200, answer.text
    length = int.from_bytes(answer.body[4:8], "little")
    header, blobs = json.loads(answer.body[8 : 8 + length]), answer.body[8 + length :]
    (frame,) = header["frames"]
    truth = np.arange(2 * 8 * 9, dtype=np.uint8).reshape(2, 8, 9) % 19
    for i, sample in enumerate(frame["samples"]):
        for part, wanted in (("groundTruth", truth[i]), ("prediction", truth[i, ::-1])):
            picture = frame["pictures"][sample[part]]
            offset, size = header["blobs"][picture["digest"]]
            stored = stored_values(blobs[offset : offset + size], picture)[..., 0]
            ids = np.array(picture.get("ids", range(256)))
            np.testing.assert_array_equal(ids[stored], wanted)
