# SPDX-License-Identifier: Apache-2.0
"""Which Python runs a case: this one, or that of an environment of its own.

`PAIRS_TEST_PYTHONS` names more of them, separated as in `PATH`. `PAIRS_TEST_REQUIRE` is a pattern
of the cases that must run: where no Python has the libraries they fail, rather than being skipped.
"""

import functools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@functools.cache
def _has(python, modules):
    code = f"import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, {modules!r})))"
    return subprocess.run([python, "-c", code], cwd=ROOT, check=False).returncode == 0


def choose(case, modules):
    """Returns the first Python that has all modules; skips or fails where none has."""
    more = os.environ.get("PAIRS_TEST_PYTHONS", "")
    for python in (sys.executable, *filter(None, more.split(os.pathsep))):
        if _has(python, tuple(modules)):
            return python
    message = f"{case} needs {', '.join(modules)}: make test-frameworks, make test-estimator"
    required = os.environ.get("PAIRS_TEST_REQUIRE")
    if required and re.fullmatch(required, case):
        pytest.fail(message)
    pytest.skip(message)


def run(python, *arguments, environ=None):
    """Runs a program to its end; returns what it wrote. It must succeed."""
    done = subprocess.run(
        [python, *map(str, arguments)],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "CUDA_VISIBLE_DEVICES": "",
            "TF_CPP_MIN_LOG_LEVEL": "2",
            **(environ or {}),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=1500,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
