# SPDX-License-Identifier: Apache-2.0
"""How the package is built. Standard library and setuptools only; not part of the package."""
