# SPDX-License-Identifier: Apache-2.0
"""Callbacks, hooks and handlers of all toolkits are pickled and read: `pickled_callbacks LOGDIR`.

Toolkits pickle them to export a model, and to begin a training in processes that are spawned.
"""

import copy
import pickle
import subprocess
import sys

import torch

import tb_pairs_plugin as pairs
from tb_pairs_plugin import fastai, ignite, lightning, mmengine, monai, transformers

watching = transformers.PairsTrainerCallback("v", kind=pairs.Mask())
watched = torch.nn.Linear(2, 3)
watching.on_init_end(None, None, None, model=watched)
options = {"select": pairs.worst(2), "kind": pairs.Mask(classes=["a", "b"]), "writer": sys.argv[1]}
for one in (
    lightning.PairsCallback("v", **options),
    fastai.PairsCallback("v", **options),
    ignite.PairsHandler("v", **options),
    ignite.PairsHandler("v", len, **options),
    monai.PairsHandler("v", **options),
    transformers.PairsTrainerCallback("v", **options),
    watching,
    mmengine.PairsHook("v", **options),
):
    read = pickle.loads(pickle.dumps(one))
    assert type(read) is type(one)
    # What was read can be pickled on.
    assert type(pickle.loads(pickle.dumps(read))) is type(one)

# So is a model that is watched; it is read where this package is not.
given = torch.ones(1, 2)
torch.testing.assert_close(copy.deepcopy(watched)(given), watched(given))
torch.save(watched, f"{sys.argv[1]}/model.pt")
read = "import sys, torch; torch.load(sys.argv[1], weights_only=False)(torch.ones(1, 2))"
read += "; assert not any(name.startswith('tb_pairs_plugin') for name in sys.modules)"
subprocess.run([sys.executable, "-c", read, f"{sys.argv[1]}/model.pt"], check=True)
