# SPDX-License-Identifier: Apache-2.0
"""What `import tb_pairs_plugin` gives, and what it costs."""

import ast
import subprocess
import sys
from pathlib import Path

import tb_pairs_plugin as pairs

PACKAGE = Path(pairs.__file__).parent
# What else is there stands in rooms of its own, or is TensorBoard's business.
TOOLKITS = {
    "fastai": {"PairsCallback"},
    "ignite": {"PairsHandler"},
    "keras": {"PairsCallback"},
    "lightning": {"PairsCallback"},
    "mmengine": {"PairsHook"},
    "monai": {"PairsHandler"},
    "session_hook": {"PairsHook"},
    "transformers": {"PairsTrainerCallback"},
}
NOT_PUBLIC = {"fallback", "loader", "plugin", "pairing", "reading", "record", "writing"}
COMMANDS = {"importing"}


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


def test_modules_are_those_of_toolkits_and_commands():
    found = {
        path.stem
        for path in PACKAGE.iterdir()
        if (path / "__init__.py").exists() or (path.suffix == ".py" and path.stem[0] != "_")
    }
    assert found == {*TOOLKITS, *NOT_PUBLIC, *COMMANDS}


def test_what_modules_of_toolkits_export():
    # Their toolkits need not be installed, so they are read, not imported.
    for module, names in TOOLKITS.items():
        folder = PACKAGE / module
        path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        made = {node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
        imported = {
            alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and folder.is_dir()
            for alias in node.names
        }
        assert {name for name in made | imported if not name.startswith("_")} == names, module


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
