# SPDX-License-Identifier: Apache-2.0
"""tensorboardX's `SummaryWriter`."""

import sys

from tensorboardX import SummaryWriter

from tests.frameworks.cases import steps

with SummaryWriter(sys.argv[1]) as writer:
    writer.add_scalar("loss", 1.0, 0)
    steps.write_all(writer)
