# SPDX-License-Identifier: Apache-2.0
"""Which pictures of a log are a pair: names of tags in, proposals out. Standard library only.

`rules.propose` is the whole of it; `rule_file` reads what a user says of a log instead.
"""
