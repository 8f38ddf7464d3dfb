# SPDX-License-Identifier: Apache-2.0
"""Fixtures for all tests."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest

from tb_pairs_plugin.writing import hints, warn
from tests import servers

# No test depends on the speed of the machine: an example may take as long as it takes.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what runs at night, but where `-m` speaks of it."""
    if "nightly" in config.getoption("markexpr"):
        return
    left_out = [item for item in items if item.get_closest_marker("nightly")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True, scope="module")
def _say_again() -> None:
    """What a process says once, each file of tests may expect, whichever ran before it."""
    warn.forget()
    hints.forget()


@pytest.fixture(params=[True, False], ids=["rust", "in-process"])
def load_fast(request: pytest.FixtureRequest) -> bool:
    """Runs the test over the Rust data server and over the in-process loader."""
    return bool(request.param)


@pytest.fixture
def tensorboard() -> Iterator[Callable[..., servers.Server]]:
    """Starts TensorBoard: `tensorboard(logdir, load_fast=...)`; ends it with the test."""
    with contextlib.ExitStack() as stack:

        def start(logdir: Any, **options: Any) -> servers.Server:
            return stack.enter_context(servers.tensorboard(logdir, **options))

        yield start
