# SPDX-License-Identifier: Apache-2.0
"""From pairs to the event of a record: encoding, deduplication, the records of a file."""
