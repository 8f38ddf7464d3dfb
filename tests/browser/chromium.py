# SPDX-License-Identifier: Apache-2.0
"""The Chromium that is on this machine, and how tests start it."""

import os
import shutil

_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)

# WebGL on the CPU, where there is no GPU; no traffic of the browser's own. The page around it is
# drawn without GL, which would take half of all processor time: Debian's Chromium asks for that.
ARGUMENTS = [
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    # The sandbox refuses to run as root, as tests in containers do.
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]


def find() -> str | None:
    """Returns the path of a Chromium: that of `PAIRS_CHROMIUM`, or the first on `PATH`."""
    named = os.environ.get("PAIRS_CHROMIUM")
    if named:
        return named
    return next((path for path in map(shutil.which, _NAMES) if path), None)
