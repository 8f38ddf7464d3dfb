# SPDX-License-Identifier: Apache-2.0
"""Where the fast encoder is asked for: where the index has wheels of it, and nowhere else."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PYPROJECT = (Path(__file__).parents[2] / "pyproject.toml").read_text()


def asks_for_isal(machine: str, python: str, implementation: str = "CPython") -> bool:
    (line,) = re.findall(r'^    "(isal[^"]+)",$', PYPROJECT, re.MULTILINE)
    marker = Requirement(line).marker
    assert marker is not None
    return marker.evaluate(
        {
            "platform_machine": machine,
            "python_version": python,
            "platform_python_implementation": implementation,
        }
    )


@pytest.mark.parametrize("machine", ["x86_64", "AMD64", "aarch64", "arm64"])
@pytest.mark.parametrize("python", ["3.10", "3.13", "3.15"])
def test_it_is_asked_for_where_there_are_wheels(machine: str, python: str) -> None:
    assert asks_for_isal(machine, python)


@pytest.mark.parametrize("machine", ["", "arm", "x86", "i686", "armv7l", "ARM64", "ppc64le"])
def test_it_is_not_asked_for_on_machines_without_wheels(machine: str) -> None:
    assert not asks_for_isal(machine, "3.13")


def test_it_is_not_asked_for_by_pythons_without_wheels() -> None:
    assert not asks_for_isal("x86_64", "3.16")
    assert not asks_for_isal("x86_64", "3.11", "PyPy")
