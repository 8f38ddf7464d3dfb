# SPDX-License-Identifier: Apache-2.0
import json

import pytest

pytest.importorskip("skimage")
pytest.importorskip("sklearn")

from tests.frontend_golden import make


def test_the_committed_goldens_are_what_numpy_computes() -> None:
    committed = json.loads(make.PATH.read_text())
    computed = json.loads(make.text())
    assert computed.keys() == committed.keys()
    for case, members in computed.items():
        assert members.keys() == committed[case].keys()
        for name, value in members.items():
            # Libraries may sum in another order.
            assert value == pytest.approx(committed[case][name], rel=1e-8), f"{case}.{name}"
