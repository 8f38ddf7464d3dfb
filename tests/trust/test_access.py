# SPDX-License-Identifier: Apache-2.0
"""A data provider that knows users decides at each request, whatever others have seen before."""

from typing import Any

import pytest
from tensorboard import errors

from tb_pairs_plugin.record.digest import digest
from tests.reading import answers
from tests.reading.logs import TAG, Pair, png
from tests.reading.providers import RUN, MemoryProvider

TRUTH = png(fill=1)
REQUESTS = {
    "tags": [],
    "series": [("tag", TAG)],
    "samples": [("tag", TAG)],
    "counts": [("tag", TAG), ("at", f"1:{RUN}")],
    "frames": [("tag", TAG), ("at", f"1:{RUN}")],
    "picture": [("tag", TAG), ("run", RUN), ("step", "1"), ("digest", digest(TRUTH))],
    # Its provider reads one series as either plugin's: behind two elements there are pictures.
    "image": [("tag", TAG), ("run", RUN)],
}


class GuardedProvider(MemoryProvider):
    """Refuses everyone while it is closed."""

    closed = False

    def __getattribute__(self, name: str) -> Any:
        if name.startswith(("list_", "read_")) and self.closed:
            raise errors.PermissionDeniedError("not yours")
        return super().__getattribute__(name)


@pytest.mark.parametrize("route", REQUESTS)
def test_what_others_were_shown_is_not_shown_to_who_may_not_see_it(route: str) -> None:
    provider = GuardedProvider()
    provider.log(1, [Pair("s", TRUTH, png(fill=2))])
    app = answers.App(provider)
    assert app.get(route, *REQUESTS[route]).status_code == 200
    provider.closed = True
    status, sentence = app.refused(route, *REQUESTS[route])
    assert status == 403
    assert "not yours" in sentence


def test_a_key_of_tensorboards_is_no_parameter() -> None:
    """Blobs are asked for by what they are, so no key of another plugin can be smuggled in."""
    app = answers.App(MemoryProvider())
    for route, query in REQUESTS.items():
        status, sentence = app.refused(route, *query, ("blob_key", "x"))
        assert (status, "there is no parameter 'blob_key'" in sentence) == (400, True)
