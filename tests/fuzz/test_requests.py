# SPDX-License-Identifier: Apache-2.0
"""Whatever is asked, by any method and with any headers, is answered as `http_api.md` says."""

import json
import string
from typing import Any
from urllib.parse import quote, urlparse

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tb_pairs_plugin.record.digest import digest
from tests.fuzz import budget
from tests.reading import answers, logs
from tests.reading.logs import TAG, Pair, png

TRUTH, PREDICTION = png(fill=1), png(fill=2)
pytestmark = pytest.mark.timeout(budget.SECONDS)

STATUSES = {200, 304, 400, 404, 405}
TYPES = {
    "application/json",
    "application/octet-stream",
    "image/png",
    "text/css; charset=utf-8",
    "text/javascript; charset=utf-8",
    "text/plain; charset=utf-8",
}
ROUTES = ["tags", "series", "samples", "frames", "picture", "index.js"]
PARAMETERS = ["tag", "run", "at", "step", "digest", "part", "have", "sample"]
VALUES = [
    *(TAG, "run", "1:run", "1", "prediction", "s", digest(TRUTH), digest(PREDICTION), ""),
    *("9" * 19, f"-{2**63}:run", "1:" + "r" * 5000, "__pairs__/content/x", "\0", "<b>", "\u202e"),
]
# What a client may send that no library would: bytes that are no UTF-8, broken escapes.
RAW = ["%", "%ff", "%00", "%f0%9f%98", "+", "&&", "=;", "tag", "at=1%3Arun", "%2e%2e%2f", "/../"]

texts = st.text(max_size=12)
queries = st.lists(
    st.tuples(st.sampled_from(PARAMETERS) | texts, st.sampled_from(VALUES) | texts), max_size=6
).map(lambda pairs: "&".join(f"{quote(a, safe='')}={quote(b, safe='')}" for a, b in pairs))
raw_queries = st.lists(
    st.sampled_from(RAW) | st.text(string.printable, max_size=6), max_size=6
).map("".join)
paths = st.one_of(
    st.sampled_from(ROUTES),
    st.lists(
        st.sampled_from(
            ["..", "%2e%2e", "\\", "%5c", "/", "//", "index.js", "C:", "~", "%00", "x"]
        ),
        max_size=6,
    ).map("/".join),
    texts.map(lambda text: quote(text, safe="/")),
)
methods = st.sampled_from(
    ["GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"]
)
headers = st.dictionaries(
    st.sampled_from(
        ["If-None-Match", "Accept-Encoding", "Range", "Content-Length", "Accept", "Origin", "Host"]
    ),
    st.sampled_from(
        ["*", '"x"', 'W/"' + "0" * 32 + '"', "gzip", "bytes=0-1", "-1", "", "\xff", "5"]
    ),
    max_size=2,
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> answers.App:
    logdir = tmp_path_factory.mktemp("logs")
    with logs.Log(logdir / "run") as log:
        pair = Pair("s", TRUTH, PREDICTION, caption="<script>alert(1)</script>")
        log.pairs(1, [pair], content=[TRUTH], description="<!doctype html><script>")
    return answers.app(logdir)


def check(answer: TestResponse, method: str) -> None:
    """Checks all that is promised of every answer."""
    assert answer.status_code in STATUSES
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if answer.status_code == 304:
        assert answer.data == b""
        return
    assert answer.content_type in TYPES
    assert "html" not in answer.content_type
    if method not in ("GET", "HEAD"):
        assert answer.status_code == 405
    if method == "HEAD":
        assert answer.data == b""
    elif answer.status_code >= 400:
        assert answer.content_type == "text/plain; charset=utf-8"


def is_ours(path: str) -> bool:
    """Says whether TensorBoard gives a path to the plugin, which it takes apart a second time."""
    route = urlparse(path).path
    return route.removesuffix("/").startswith(answers.PREFIX)


@settings(max_examples=budget.cases(200, 50_000), suppress_health_check=list(HealthCheck))
@given(path=paths, query=queries | raw_queries, method=methods, sent=headers)
def test_any_request_gets_an_answer_that_is_allowed(
    app: answers.App, path: str, query: str, method: str, sent: dict[str, Any]
) -> None:
    answer = app.client.open(f"{answers.PREFIX}{path}?{query}", method=method, headers=sent)
    if is_ours(answer.request.path):
        check(answer, method)
    else:
        assert answer.status_code < 500


@settings(max_examples=budget.cases(100, 20_000), suppress_health_check=list(HealthCheck))
@given(
    route=st.sampled_from(["series", "samples", "frames", "picture"]),
    runs=st.lists(st.sampled_from(["run", "none", "\0"]), max_size=3),
    steps=st.lists(st.sampled_from(["1", "2", "-1", str(2**63 - 1), "1.5"]), max_size=4),
    digests=st.lists(st.sampled_from([digest(TRUTH), digest(PREDICTION), "0" * 32]), max_size=2),
    more=st.lists(
        st.sampled_from([("part", "input"), ("part", "groundTruth"), ("sample", "s")]), max_size=3
    ),
    held=st.booleans(),
)
def test_requests_that_are_nearly_right_get_the_same_answer_twice(
    app: answers.App,
    route: str,
    runs: list[str],
    steps: list[str],
    digests: list[str],
    more: list[tuple[str, str]],
    held: bool,
) -> None:
    query = [("tag", TAG)]
    if route in ("series", "samples"):
        query += [("run", run) for run in runs]
    elif route == "picture":
        query += [("run", (*runs, "run")[0]), ("step", (*steps, "1")[0])]
        query += [("digest", one) for one in digests]
    else:
        query += [("at", f"{step}:{run}") for step in steps for run in runs or ["run"]]
        query += [("have", one) for one in digests] + more
    answer = app.get(route, *query)
    check(answer, "GET")
    again = app.get(route, *query)
    assert (again.status_code, again.data) == (answer.status_code, answer.data)
    if held and "ETag" in answer.headers:
        unchanged = app.get(route, *query, headers={"If-None-Match": answer.headers["ETag"]})
        assert unchanged.status_code == 304
        check(unchanged, "GET")


def test_what_is_served_cannot_be_taken_for_a_page(app: answers.App) -> None:
    """The first bytes that browsers sniff are ours, whatever a log holds."""
    assert app.get("tags").data.startswith(b"{")
    assert app.get("series", ("tag", TAG)).data.startswith(b"{")
    assert app.get("frames", ("tag", TAG), ("at", "1:run")).data.startswith(b"PRS1")
    json.loads(app.get("tags").data)
