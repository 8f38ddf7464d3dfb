# SPDX-License-Identifier: Apache-2.0
"""Fixtures for the tests of writing."""

import pytest

from tb_pairs_plugin.writing import warn


@pytest.fixture(autouse=True)
def _warn_again() -> None:
    """What is said once per process is said once per test."""
    warn.forget()
