# SPDX-License-Identifier: Apache-2.0
"""One program for each way in: `python -m tests.frameworks.cases.NAME LOGDIR`."""
