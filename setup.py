# SPDX-License-Identifier: Apache-2.0
"""Builds the frontend into whatever is built: wheel, sdist or editable install."""

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist
from setuptools.errors import SetupError

sys.path.insert(0, str(Path(__file__).resolve().parent))

from build_tools import bundle, node


def _provide_bundle() -> None:
    try:
        bundle.provide()
    except (bundle.BundleError, node.NodeMissingError) as error:
        raise SetupError(str(error)) from error


class BuildPyWithBundle(build_py):
    """`build_py`, after the bundle: wheels and editable installs come through here."""

    def run(self) -> None:
        _provide_bundle()
        # Chunks are named by their content; those of an earlier build would stay and be packed.
        if not self.editable_mode:
            shutil.rmtree(Path(self.build_lib, "tb_pairs_plugin", "static"), ignore_errors=True)
        super().run()


class SdistWithBundle(sdist):
    """`sdist`, after the bundle, so that installing from it needs no Node.js."""

    def run(self) -> None:
        _provide_bundle()
        super().run()


setup(cmdclass={"build_py": BuildPyWithBundle, "sdist": SdistWithBundle})
