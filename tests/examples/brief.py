# SPDX-License-Identifier: Apache-2.0
"""An example for fewer epochs or steps: `python -m tests.examples.brief NAME EPOCHS LOGDIR`."""

import importlib
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "demo" / "examples"


def main(name, epochs, log_dir):
    """Trains as the example does."""
    sys.path.insert(0, str(EXAMPLES))
    example = importlib.import_module(name)
    length = "EPOCHS" if hasattr(example, "EPOCHS") else "STEPS"
    assert int(epochs) < getattr(example, length)
    setattr(example, length, int(epochs))
    example.main(log_dir)


if __name__ == "__main__":
    main(*sys.argv[1:])
