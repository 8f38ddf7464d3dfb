# SPDX-License-Identifier: Apache-2.0
"""Fixtures for the tests of writing."""

from collections.abc import Iterator

import pytest

from tb_pairs_plugin.writing import hints, warn
from tests import format_reader


@pytest.fixture(autouse=True)
def _warn_again() -> None:
    """What is said once per process is said once per test."""
    warn.forget()
    hints.forget()


# Decoding in Python takes a second for some million pixels.
MOST_PIXELS = 100_000


@pytest.fixture(autouse=True)
def _read_by_format_alone(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test has written is read by `docs/format.md` alone."""
    yield
    tmp_path = request.node.funcargs.get("tmp_path")
    if tmp_path is None:
        return
    left = MOST_PIXELS
    for run in sorted({path.parent for path in tmp_path.glob("**/*tfevents*")}):
        for record in format_reader.read(run):
            for sample in record.samples:
                for name, picture in sample.pictures.items():
                    left -= picture.entry["width"] * picture.entry["height"]
                    if left < 0:
                        return
                    assert len(picture.values) == len(picture.stored)
                    if name == "groundTruth":
                        assert picture.value_digest in (None, picture.entry["valueDigest"])
