# SPDX-License-Identifier: Apache-2.0
"""torch's `SummaryWriter`."""

import sys

import torch
from torch.utils.tensorboard import SummaryWriter

from tests.frameworks.cases import steps

with SummaryWriter(sys.argv[1]) as writer:
    writer.add_scalar("loss", 1.0, 0)
    steps.write_all(writer, torch.from_numpy)
