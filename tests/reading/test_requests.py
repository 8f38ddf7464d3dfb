# SPDX-License-Identifier: Apache-2.0
"""Wrong requests get 400 or 404 with a sentence, and never anything else."""

import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tensorboard import errors

from tb_pairs_plugin.record.digest import digest
from tests.reading import answers, logs
from tests.reading.logs import TAG, Pair, png

TRUTH, PREDICTION = png(fill=1), png(fill=2)
ROUTES = ["tags", "series", "samples", "frames", "picture", "index.js", "chunks/x.js"]

Query = list[tuple[str, str]]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> answers.App:
    logdir = tmp_path_factory.mktemp("logs")
    with logs.Log(logdir / "run") as log:
        log.pairs(1, [Pair("s", TRUTH, PREDICTION)], content=[TRUTH])
    return answers.app(logdir)


@pytest.mark.parametrize(
    ("route", "query", "status", "sentence"),
    [
        ("tags", [("tag", TAG)], 400, "there is no parameter 'tag'"),
        ("series", [], 400, "tag is missing"),
        ("series", [("tag", TAG), ("tag", TAG)], 400, "tag is given 2 times, want at most 1"),
        ("series", [("tag", TAG), ("step", "1")], 400, "there is no parameter 'step'"),
        ("series", [("tag", TAG), *[("run", "r")] * 1001], 400, "run is given 1001 times"),
        ("series", [("tag", "")], 404, "no run has records under the tag ''"),
        ("series", [("tag", "none")], 404, "no run has records under the tag 'none'"),
        ("series", [("tag", TAG), ("run", "none")], 404, "no run has records"),
        ("series", [("tag", f"__pairs__/metrics/{TAG}")], 404, "no run has records"),
        ("series", [("tag", TAG), ("rules", "{}")], 400, "rules is given without source=images"),
        ("frames", [("tag", TAG), ("at", "1:run"), ("rules", "{}")], 400, "rules is given without"),
        ("samples", [("tag", "none")], 404, "no run has records under the tag 'none'"),
        ("frames", [("at", "1:run")], 400, "tag is missing"),
        ("frames", [("tag", TAG)], 400, "at is missing, want STEP:RUN"),
        ("frames", [("tag", TAG), *[("at", "1:run")] * 513], 400, "at is given 513 times"),
        ("frames", [("tag", TAG), ("at", "1")], 400, "at is '1', want STEP:RUN"),
        ("frames", [("tag", TAG), ("at", "1:")], 400, "at is '1:', want STEP:RUN"),
        ("frames", [("tag", TAG), ("at", "x:run")], 400, "the step is 'x'"),
        ("frames", [("tag", TAG), ("at", "01:run")], 400, "the step is '01'"),
        ("frames", [("tag", TAG), ("at", "1.0:run")], 400, "the step is '1.0'"),
        ("frames", [("tag", TAG), ("at", "٣:run")], 400, "the step is '٣'"),
        ("frames", [("tag", TAG), ("at", f"{2**63}:run")], 400, f"the step is '{2**63}'"),
        ("frames", [("tag", TAG), ("at", "1:run"), ("part", "truth")], 400, "part is 'truth'"),
        ("frames", [("tag", TAG), ("at", "1:run"), ("blob", "truth")], 400, "blob is 'truth'"),
        ("frames", [("tag", TAG), ("at", "1:run"), ("have", "x")], 400, "have is 'x'"),
        ("frames", [("tag", TAG), ("at", "1:none")], 404, "none of the runs has the tag"),
        ("frames", [("tag", "__pairs__/content/x"), ("at", "1:run")], 404, "no run has records"),
        ("picture", [("tag", TAG), ("run", "run"), ("step", "1")], 400, "digest is missing"),
        (
            "picture",
            [("tag", TAG), ("run", "run"), ("step", "1"), ("digest", "x" * 32)],
            400,
            "want 32 hexadecimal digits",
        ),
        (
            "picture",
            [("tag", TAG), ("run", "run"), ("step", "1"), ("digest", "0" * 32)],
            404,
            "that record has no picture 0000",
        ),
        (
            "picture",
            [("tag", TAG), ("run", "run"), ("step", "2"), ("digest", digest(TRUTH))],
            404,
            "the run 'run' has no step 2",
        ),
        ("nothing", [], 404, "the Pairs plugin has no 'nothing'"),
    ],
)
def test_a_wrong_request_is_refused_by_a_sentence(
    app: answers.App, route: str, query: Query, status: int, sentence: str
) -> None:
    got_status, got = app.refused(route, *query)
    assert (got_status, sentence in got) == (status, True), got


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_get_and_head_are_served(app: answers.App, route: str, method: str) -> None:
    status, sentence = app.refused(route, method=method)
    assert (status, sentence) == (405, "only GET and HEAD are served here")
    assert app.get(route, method=method).headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("route", "query"),
    [
        ("tags", []),
        ("series", [("tag", TAG)]),
        ("samples", [("tag", TAG)]),
        ("frames", [("tag", TAG), ("at", "1:run")]),
        ("picture", [("tag", TAG), ("run", "run"), ("step", "1"), ("digest", digest(TRUTH))]),
        ("index.js", []),
    ],
)
def test_head_answers_as_get_without_the_body(app: answers.App, route: str, query: Query) -> None:
    get, head = (app.get(route, *query, method=method) for method in ("GET", "HEAD"))
    assert (get.status_code, head.status_code) == (200, 200)
    assert get.data
    assert head.data == b""
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize(
    ("route", "query", "content_type"),
    [
        ("tags", [], "application/json"),
        ("series", [("tag", TAG)], "application/json"),
        ("samples", [("tag", TAG)], "application/json"),
        ("frames", [("tag", TAG), ("at", "1:run")], "application/octet-stream"),
        (
            "picture",
            [("tag", TAG), ("run", "run"), ("step", "1"), ("digest", digest(TRUTH))],
            "image/png",
        ),
        ("index.js", [], "text/javascript; charset=utf-8"),
    ],
)
def test_content_types_are_fixed_and_not_to_be_sniffed(
    app: answers.App, route: str, query: Query, content_type: str
) -> None:
    answer = app.get(route, *query)
    assert answer.content_type == content_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_json_is_gzipped_for_browsers_that_take_it(app: answers.App) -> None:
    answer = app.get("tags", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]


@settings(max_examples=150)
@given(
    route=st.sampled_from([*ROUTES, ""]) | st.text(max_size=8),
    query=st.lists(
        st.tuples(
            st.sampled_from(["tag", "run", "at", "step", "digest", "part", "have", "sample"])
            | st.text(max_size=5),
            st.sampled_from(
                [TAG, "run", "1:run", "1", "prediction", digest(TRUTH), digest(PREDICTION), "s"]
            )
            | st.text(max_size=10),
        ),
        max_size=6,
    ),
)
def test_any_query_is_answered_or_refused(app: answers.App, route: str, query: Query) -> None:
    answer = app.get(route.replace("?", "").replace("#", ""), *query)
    assert answer.status_code in (200, 308, 400, 404)
    if answer.status_code >= 400:
        assert "the Pairs plugin failed" not in answer.text


class BrokenProvider:
    """A data provider every call of which raises `error`."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        def call(*args: object, **options: object) -> None:
            raise self._error

        return call


class UnavailableError(Exception):
    """What gRPC raises when the data server is gone, as far as a caller sees."""

    def code(self) -> str:
        return "UNAVAILABLE"

    def details(self) -> str:
        return "Socket closed"


DATA_ROUTES = [
    ("tags", []),
    ("series", [("tag", TAG)]),
    ("picture", [("tag", TAG), ("run", "run"), ("step", "1"), ("digest", digest(TRUTH))]),
]


@pytest.mark.parametrize(("route", "query"), DATA_ROUTES)
@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (errors.InvalidArgumentError("bad key"), 400, "Invalid argument: bad key"),
        (errors.NotFoundError("gone"), 404, "Not found: gone"),
        (errors.PermissionDeniedError("no"), 403, "Permission denied: no"),
        (errors.PublicError("whatever"), 400, "whatever"),
        (KeyError("bare"), 400, "KeyError: 'bare'"),
        (UnavailableError(), 400, "UNAVAILABLE: Socket closed"),
    ],
)
def test_a_failing_data_provider_is_told_by_a_sentence(
    route: str, query: Query, error: Exception, status: int, sentence: str
) -> None:
    got_status, got = answers.App(BrokenProvider(error)).refused(route, *query)
    assert got_status == status
    assert got == f"TensorBoard can't read this: {sentence}"


@pytest.mark.parametrize(("route", "query"), DATA_ROUTES)
def test_a_tensorboard_without_data_provider_is_told(route: str, query: Query) -> None:
    _, sentence = answers.App(None).refused(route, *query)
    assert sentence == "this TensorBoard has no data provider"


def test_the_unexpected_is_logged_and_told_by_a_reference(
    app: answers.App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr("tb_pairs_plugin.reading.catalog.read", fail)
    with caplog.at_level(logging.ERROR):
        status, sentence = app.refused("tags")
    assert status == 500
    assert "the Pairs plugin failed" in sentence
    assert "secret" not in sentence
    assert sentence.split()[-1] in caplog.text
    assert "a secret of the server" in caplog.text


def test_a_user_s_own_number_of_kept_steps_is_told(tmp_path: Path) -> None:
    assert answers.app(tmp_path, kept=7).json("tags")["kept"]["limit"] == 7


def test_another_version_of_the_plugin_may_answer_otherwise(
    app: answers.App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser holds answers of the version before, of the same log."""
    query = ("tag", TAG)
    held = {"If-None-Match": app.get("series", query).headers["ETag"]}
    assert app.get("series", query, headers=held).status_code == 304
    monkeypatch.setattr("tb_pairs_plugin.reading.requests._VERSION", b"another")
    assert app.get("series", query, headers=held).status_code == 200
