# SPDX-License-Identifier: Apache-2.0
"""Semantic segmentation with fastai: the worst samples of each validation, by one callback."""

import sys

import torch
from fastai.callback.schedule import Learner  # with fit_one_cycle
from fastai.callback.tensorboard import TensorBoardCallback
from fastai.data.core import DataLoaders
from fastai.losses import CrossEntropyLossFlat
from scenes import DIGIT_CLASSES
from torch.utils.data import TensorDataset
from torch_segmentation import SmallUNet, load

import tb_pairs_plugin as pairs
from tb_pairs_plugin.fastai import PairsCallback

EPOCHS = 8


def data_set(count, seed):
    images, masks = load(count, seed)
    return TensorDataset(images, masks.long())


def main(log_dir):
    torch.manual_seed(0)
    weight = torch.tensor([1.0] + [3.0] * (len(DIGIT_CLASSES) - 1))
    pictures = PairsCallback(
        "val/worst", kind=pairs.Mask(classes=DIGIT_CLASSES), select=pairs.worst(6)
    )
    learn = Learner(
        DataLoaders.from_dsets(data_set(160, 1), data_set(20, 2), bs=20, num_workers=0),
        SmallUNet(classes=len(DIGIT_CLASSES)),
        CrossEntropyLossFlat(axis=1, weight=weight),
        path=log_dir,
        cbs=[TensorBoardCallback(log_dir, trace_model=False, log_preds=False), pictures],
    )
    learn.fit_one_cycle(EPOCHS, 2e-2)


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/fastai_segmentation"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
