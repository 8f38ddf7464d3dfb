# SPDX-License-Identifier: Apache-2.0
"""Fixtures for the tests of writing."""

import pytest

from tb_pairs_plugin.writing import jobs, op


@pytest.fixture(autouse=True)
def _warn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said once per process is said once per test."""
    monkeypatch.setattr(jobs, "_warned", set())
    monkeypatch.setattr(op, "_said_no_writer", False)
