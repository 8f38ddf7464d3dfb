# SPDX-License-Identifier: Apache-2.0
"""`python -m demo`: trains for about a minute, then shows the result in TensorBoard."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

LOGS = Path(__file__).resolve().parent / "logs"


def main() -> None:
    """Trains and serves, as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--no-serve", action="store_true", help="stop after the training")
    parser.add_argument("--quick", action="store_true", help="train for a few steps only")
    parser.add_argument(
        "--logdir", type=Path, default=LOGS, help="where to log (default: %(default)s)"
    )
    parser.add_argument(
        "--port", type=int, help="of TensorBoard (default: the first free from 6006)"
    )
    arguments = parser.parse_args()

    # Read when TensorFlow is imported: it would talk over the progress bar.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    from demo import train

    for run in train.WIDTHS:
        shutil.rmtree(arguments.logdir / run, ignore_errors=True)
    begin = time.monotonic()
    train.train(arguments.logdir, train.QUICK if arguments.quick else train.FULL)
    print(f"Logged to {arguments.logdir} in {time.monotonic() - begin:.0f} s.")
    if arguments.no_serve:
        tensorboard = Path(sys.executable).with_name("tensorboard")
        print(f"To see it: {tensorboard} --logdir {arguments.logdir}, then open the Pairs tab.")
        return

    from demo.serve import serve

    serve(arguments.logdir, arguments.port)


if __name__ == "__main__":
    main()
