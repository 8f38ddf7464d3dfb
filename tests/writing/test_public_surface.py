# SPDX-License-Identifier: Apache-2.0
"""What `import tb_pairs_plugin` gives, and what it costs."""

import subprocess
import sys

import tb_pairs_plugin as pairs


def test_exported_names():
    assert pairs.__all__ == [
        "Collector",
        "Flow",
        "Heatmap",
        "Image",
        "Mask",
        "NotWrittenWarning",
        "PairsWarning",
        "__version__",
        "background",
        "best",
        "channel_grid",
        "every",
        "normalize",
        "summary",
        "summary_pb",
        "worst",
    ]
    assert pairs.__all__ == sorted(pairs.__all__)


def test_every_exported_name_is_there_and_listed():
    for name in pairs.__all__:
        assert getattr(pairs, name) is not None
        assert name in dir(pairs)


def test_summary_stays_the_function_however_often_it_is_looked_up():
    assert callable(pairs.summary)
    assert callable(pairs.summary)


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(pairs, "summry")


def test_import_loads_neither_numpy_nor_a_framework():
    heavy = _modules_after("import tb_pairs_plugin")
    assert not heavy & {"numpy", "tensorflow", "torch", "jax", "PIL", "tensorboard"}


def test_writing_to_a_directory_loads_no_framework(tmp_path):
    heavy = _modules_after(
        "import numpy as np, tb_pairs_plugin as pairs;"
        f"pairs.summary('a', np.zeros((1, 8, 8), bool), np.ones((1, 8, 8), bool), 0,"
        f" writer={str(tmp_path)!r})"
    )
    assert list(tmp_path.iterdir())
    assert not heavy & {"tensorflow", "torch", "jax", "PIL", "tensorboardX"}


def _modules_after(code: str) -> set[str]:
    answer = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return set(answer.stdout.split())
