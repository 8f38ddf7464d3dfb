# SPDX-License-Identifier: Apache-2.0
"""Whatever toolkits call spares a training, where all is broken: `guarded_callbacks TOOLKIT...`."""

import importlib
import sys
import warnings

import numpy as np

import tb_pairs_plugin as pairs
from tests.frameworks.cases.checks import guarded

warnings.simplefilter("ignore", pairs.PairsWarning)
for toolkit in sys.argv[1:]:
    module = importlib.import_module(f"tb_pairs_plugin.{toolkit}")
    (made,) = (
        one
        for name, one in vars(module).items()
        if name.startswith("Pairs") and isinstance(one, type)
    )
    guarded(made((np.zeros(1), np.zeros(1)), "logs") if toolkit == "keras" else made("v"))
