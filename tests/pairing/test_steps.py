# SPDX-License-Identifier: Apache-2.0
"""Which steps go together."""

import pytest

from tb_pairs_plugin.pairing import steps


@pytest.mark.parametrize(
    ("step", "others", "found"),
    [
        (3, {3}, 3),
        (3, {1, 3, 5}, 3),
        (3, {1}, 1),
        (3, {1, 2}, None),
        (3, {5}, None),
        (3, set(), None),
        (-3, {-5}, -5),
    ],
)
def test_a_picture_goes_with_its_step_or_was_logged_once(step, others, found) -> None:
    assert steps.find_step_beside(step, others) == found
