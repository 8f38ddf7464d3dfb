# SPDX-License-Identifier: Apache-2.0
"""Trainings in processes of their own, and what they left."""

import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np

from tests.writing import event_files

PICTURE = np.random.default_rng(0).integers(0, 256, (1, 100, 100, 3), np.uint8)
PRELUDE = """
import os, sys, threading, warnings
import numpy as np
import tb_pairs_plugin as pairs
logdir = sys.argv[1]
picture = np.random.default_rng(0).integers(0, 256, (1, 100, 100, 3), np.uint8)

def log(step, tag="a", where=logdir):
    return pairs.summary(tag, picture, picture + step % 256, step, writer=where)
"""


def start(code: str, logdir: Path) -> "subprocess.Popen[str]":
    """Starts a training of which `code` is the main part."""
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + textwrap.dedent(code), str(logdir)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def train(code: str, logdir: Path) -> tuple[str, str]:
    """Runs a training to its end; returns what it printed and its stderr."""
    output, stderr = start(code, logdir).communicate(timeout=600)
    assert "training ended" in output, stderr
    return output, stderr


def steps(logdir: Path) -> list[int]:
    """The steps that can be read, each with its pictures as they were logged."""
    found = []
    for record in event_files.read(logdir):
        (sample,) = record.samples
        np.testing.assert_array_equal(sample.ground_truth.values, PICTURE[0])
        np.testing.assert_array_equal(
            sample.prediction.values, (PICTURE[0] + record.step % 256).astype(np.uint8)
        )
        found.append(record.step)
    return found
