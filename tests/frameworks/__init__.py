# SPDX-License-Identifier: Apache-2.0
"""Every way in, with its real library: written in one process, read by both data servers."""
