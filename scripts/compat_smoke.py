# SPDX-License-Identifier: Apache-2.0
"""What `scripts/compat.py` runs in each environment: write, serve, read back.

Nothing but the wheel and what was installed beside it is imported.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import re
import struct
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import tb_pairs_plugin as pairs

TRUTH = np.arange(2 * 12 * 16).reshape(2, 12, 16) % 5
LIBRARIES = ("tensorboard", "tensorflow-cpu", "torch", "tensorboardX", "numpy", "protobuf")


def log(writer: Any) -> None:
    """Logs three steps."""
    for step in range(3):
        done = pairs.summary("masks", TRUTH, (TRUTH + step) % 5, step=step, writer=writer)
        assert bool(done), "nothing was written"


def by_directory(run: str) -> None:
    """With no library but TensorBoard."""
    log(run)


def by_tensorflow(run: str) -> None:
    """To the default writer."""
    import tensorflow as tf

    with tf.summary.create_file_writer(run).as_default():
        log(None)


def by_torch(run: str) -> None:
    """To a `SummaryWriter` of torch."""
    from torch.utils.tensorboard import SummaryWriter

    with SummaryWriter(run) as writer:
        log(writer)


def by_tensorboardx(run: str) -> None:
    """To a `SummaryWriter` of tensorboardX."""
    from tensorboardX import SummaryWriter

    with SummaryWriter(run) as writer:
        log(writer)


WAYS: dict[str, tuple[str | None, Callable[[str], None]]] = {
    "directory": (None, by_directory),
    "tensorflow": ("tensorflow-cpu", by_tensorflow),
    "torch": ("torch", by_torch),
    "tensorboardX": ("tensorboardX", by_tensorboardx),
}


def installed(name: str) -> str | None:
    """Returns the version of a library, or None."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def check(url: str, runs: list[str]) -> None:
    """Checks that the tab is listed and each step of each run comes back whole."""

    def get(path: str) -> bytes:
        with urllib.request.urlopen(url + path, timeout=60) as answer:
            return bytes(answer.read())

    listed = json.loads(get("data/plugins_listing"))
    assert listed["pairs"]["enabled"], listed["pairs"]
    assert b"render" in get("data/plugin/pairs/index.js")
    assert sorted(json.loads(get("data/plugin/pairs/tags"))["runs"]) == sorted(runs)
    query = [("tag", "masks"), *(("at", f"{step}:{run}") for run in runs for step in range(3))]
    body = get("data/plugin/pairs/frames?" + urllib.parse.urlencode(query))
    (length,) = struct.unpack_from("<I", body, 4)
    header = json.loads(body[8 : 8 + length])
    assert len(header["frames"]) == 3 * len(runs)
    for frame in header["frames"]:
        assert "error" not in frame, frame["error"]
        for picture in frame["pictures"]:
            assert "error" not in picture, picture["error"]
            start, size = header["blobs"][picture["digest"]]
            blob = body[8 + length + start :][:size]
            assert hashlib.sha256(blob).hexdigest()[:32] == picture["digest"]


def serve(logdir: str, load_fast: str, runs: list[str]) -> None:
    """Starts TensorBoard on a data server and checks what it serves."""
    launch = (
        "import logging, sys; logging.getLogger('tensorboard').setLevel(logging.INFO); "
        "from tensorboard.main import run_main; run_main()"
    )
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", launch, "--logdir", logdir, "--host", "127.0.0.1"),
            *("--port", "0", "--load_fast", load_fast, "--reload_interval", "1"),
        ],
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    said: list[str] = []
    url, loaded = "", False
    try:
        assert process.stderr is not None
        for line in process.stderr:
            said.append(line)
            found = re.search(r"at (http://\S+?)/? \(Press", line)
            url = found.group(1) + "/" if found else url
            loaded = loaded or "Finished load cycle" in line or "done reloading" in line
            if url and loaded:
                break
        assert url, "TensorBoard ended by itself: " + "".join(said[-5:])
        check(url, runs)
    finally:
        process.terminate()
        process.communicate()


def main() -> None:
    """Writes with all there is, then reads it back over both data servers."""
    logdir = Path(sys.argv[1])
    runs = []
    for name, (library, way) in WAYS.items():
        if library is None or installed(library):
            way(str(logdir / name))
            runs.append(name)
    for load_fast in ("true", "false"):
        serve(str(logdir), load_fast, runs)
    versions = [f"{name} {installed(name)}" for name in LIBRARIES if installed(name)]
    print(", ".join([f"Python {platform.python_version()}", *versions]))


if __name__ == "__main__":
    main()
