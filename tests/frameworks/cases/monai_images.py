# SPDX-License-Identifier: Apache-2.0
"""What MONAI's own handler logs for the Images dashboard: `monai_images LOGDIR`.

Flat pictures in the run `flat` and volumes in the run `volume`; `expected.npz` has what it drew.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from ignite.engine import Engine
from monai.handlers import TensorBoardImageHandler

logdir = Path(sys.argv[1])
rng = np.random.default_rng(0)


def drawn(values):
    """Returns values as the handler draws them: stretched to their own extremes."""
    low, high = values.min(), values.max()
    return (values - low) / (high - low) * 255


expected = {}
for name, shape in (("flat", (6, 7)), ("volume", (5, 6, 7))):
    image = rng.normal(0, 300, (2, 1, *shape)).astype(np.float32)
    label = rng.integers(0, 3, (2, 1, *shape)).astype(np.float32)
    output = np.roll(label, 1, axis=-1) + image / 1000
    evaluator = Engine(lambda engine, batch, output=output: torch.from_numpy(output))
    TensorBoardImageHandler(log_dir=str(logdir / "logs" / name)).attach(evaluator)
    evaluator.run([(torch.from_numpy(image), torch.from_numpy(label))], max_epochs=2)
    # Of a batch it draws the first, of a volume all of its slices as an animation.
    first = np.s_[0, 0] if name == "flat" else np.s_[0, 0, 0]
    for part, values in (("image", image), ("label", label), ("output", output)):
        expected[f"{name}_{part}"] = drawn(values[0, 0])[first[2:]]
np.savez(logdir / "expected.npz", **expected)
