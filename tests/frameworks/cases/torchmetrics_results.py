# SPDX-License-Identifier: Apache-2.0
"""Results of torchmetrics, one per sample, passed as they are."""

import sys

import torch
from torchmetrics.functional.image import peak_signal_noise_ratio

import tb_pairs_plugin as pairs
from tests.frameworks import pictures

truth, prediction, _ = (torch.from_numpy(one) for one in pictures.photos(0))
psnr = peak_signal_noise_ratio(
    prediction / 255, truth / 255, data_range=1.0, reduction="none", dim=(1, 2, 3)
)
pairs.summary("photo", truth, prediction, 0, metrics={"torchmetrics": psnr}, writer=sys.argv[1])
