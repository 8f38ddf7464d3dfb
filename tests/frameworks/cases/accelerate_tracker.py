# SPDX-License-Identifier: Apache-2.0
"""accelerate's TensorBoard tracker, unwrapped and not."""

import sys

import torch
from accelerate import Accelerator

from tests.frameworks import pictures
from tests.frameworks.cases import steps

accelerator = Accelerator(log_with="tensorboard", project_dir=sys.argv[1], cpu=True)
accelerator.init_trackers("run")
first, last = pictures.STEPS
steps.write(first, accelerator.get_tracker("tensorboard", unwrap=True), torch.from_numpy)
steps.write(last, accelerator.get_tracker("tensorboard"), torch.from_numpy)
accelerator.end_training()
