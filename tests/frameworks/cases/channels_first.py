# SPDX-License-Identifier: Apache-2.0
"""The data set and its targets as PyTorch has them: float32 tensors `[20, 1, 6, 5]`."""

import torch

from tests.frameworks import pictures

x, y = (
    torch.from_numpy(part).permute(0, 3, 1, 2)
    for part in (pictures.data_set()[0], pictures.targets()[0])
)
