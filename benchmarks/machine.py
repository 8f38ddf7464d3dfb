# SPDX-License-Identifier: Apache-2.0
"""What a benchmark ran on, and how busy that was."""

from __future__ import annotations

import importlib.metadata
import os
import pathlib
import platform

_LIBRARIES = (
    "tb-pairs-plugin",
    "tensorboard",
    "tensorboard-data-server",
    "tensorflow",
    "tensorflow-cpu",
    "torch",
    "tensorboardX",
    "wandb",
    "isal",
    "numpy",
    "pillow",
    "protobuf",
    "playwright",
)


def versions() -> dict[str, str]:
    """Returns the versions of Python and of the libraries that are installed."""
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def versions_text() -> str:
    """Returns the versions in one line."""
    return ", ".join(f"{name} {version}" for name, version in versions().items())


def description() -> str:
    """Returns the processor, its cores and the system, in one line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{_processor()}, {cores} cores, {platform.system()} {platform.machine()}"


def load() -> float:
    """Returns the load average of the last minute: what else ran, besides the benchmark's own."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")


def _processor() -> str:
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
