# SPDX-License-Identifier: Apache-2.0
"""Which step of a ground truth goes with which step of a prediction."""

from __future__ import annotations

from collections.abc import Collection


def find_step_beside(step: int, steps: Collection[int]) -> int | None:
    """Returns the step of another tag whose picture goes with a prediction's.

    That is the same step. A picture that was logged once does not change, and goes with all later
    steps too, such as the ground truth of 3D Gaussian Splatting.

    Args:
      step: Of the prediction.
      steps: All steps of the other tag.

    Returns:
      The step, or None where no picture can be relied on to belong to it.
    """
    if step in steps:
        return step
    if len(steps) == 1:
        (only,) = steps
        return only if only < step else None
    return None
