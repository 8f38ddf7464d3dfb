# SPDX-License-Identifier: Apache-2.0
"""Whatever an event file holds, the server answers as `http_api.md` says, soon and in bounds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz import budget

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(budget.SECONDS)
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read as on Linux")
def test_wrong_event_files_do_no_harm() -> None:
    # In a process of its own: its memory is what is looked at.
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.mutate", f"--cases={budget.cases(400, 100_000)}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    print(ran.stdout)
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-4000:]
