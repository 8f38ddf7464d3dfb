# SPDX-License-Identifier: Apache-2.0
"""Starts TensorBoard on the demo's logs."""

from __future__ import annotations

import threading
from pathlib import Path

from tensorboard import program


def serve(directory: Path, port: int | None = None) -> None:
    """Serves a log directory until it is interrupted, and says where.

    Args:
        directory: The log directory.
        port: None for TensorBoard's own, 6006, or one of those after it where that is taken.
    """
    tensorboard = program.TensorBoard()
    options = {"logdir": str(directory)} | ({} if port is None else {"port": port})
    tensorboard.configure(**options)
    address = tensorboard.launch()
    print(f"\n  Pairs: {address.rstrip('/')}/#pairs    (Ctrl+C ends it)\n", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        print()
