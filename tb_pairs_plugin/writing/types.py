# SPDX-License-Identifier: Apache-2.0
"""Names for the types that the modules of writing share."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Bytes8: TypeAlias = NDArray[np.uint8]
