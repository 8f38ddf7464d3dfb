# SPDX-License-Identifier: Apache-2.0
"""TensorBoard and NumPy alone."""

import sys

from tests.frameworks.cases import steps

steps.write_all(sys.argv[1])
loaded = {"tensorflow", "torch", "jax", "keras", "tensorboardX"} & set(sys.modules)
assert not loaded, loaded
