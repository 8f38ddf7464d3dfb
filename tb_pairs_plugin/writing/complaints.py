# SPDX-License-Identifier: Apache-2.0
"""How a failure that must not end a training is told."""

from __future__ import annotations

import warnings


def complain(warning: Warning) -> None:
    """Warns of what went wrong on behalf of the caller of this function's caller.

    Raises:
      Warning: If warnings are errors in this program. Nothing else: a program whose standard error
        is closed, such as a daemon, goes on without having read it.
    """
    try:
        warnings.warn(warning, stacklevel=3)
    except Warning:
        raise
    except Exception:
        pass
