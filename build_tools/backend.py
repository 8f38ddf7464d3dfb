# SPDX-License-Identifier: Apache-2.0
"""setuptools as the build backend, plus Node.js from PyPI where a build needs one and has none.

A plain entry in `build-system.requires` would download Node.js (60 MB) also where PATH has one, and
where an sdist brings the bundle along, and would fail on platforms for which PyPI has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from setuptools import build_meta

from build_tools import bundle, node

build_wheel = build_meta.build_wheel
build_sdist = build_meta.build_sdist
build_editable = build_meta.build_editable
prepare_metadata_for_build_wheel = build_meta.prepare_metadata_for_build_wheel
prepare_metadata_for_build_editable = build_meta.prepare_metadata_for_build_editable

Settings = Mapping[str, Any] | None


def _node_requirements() -> list[str]:
    return [] if bundle.is_brought_along() or node.find() else [node.REQUIREMENT]


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Returns what a wheel's build needs besides `build-system.requires`."""
    return [*build_meta.get_requires_for_build_wheel(config_settings), *_node_requirements()]


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    """Returns what an sdist's build needs besides `build-system.requires`."""
    return [*build_meta.get_requires_for_build_sdist(config_settings), *_node_requirements()]


def get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    """Returns what an editable build needs besides `build-system.requires`."""
    return [*build_meta.get_requires_for_build_editable(config_settings), *_node_requirements()]
