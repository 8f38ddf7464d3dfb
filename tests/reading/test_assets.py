# SPDX-License-Identifier: Apache-2.0
"""The page's files: only those, with fixed types, and a page that explains where they are not."""

import os
from pathlib import Path

import pytest

from tb_pairs_plugin import fallback
from tb_pairs_plugin.reading.assets import Assets
from tests.reading import answers

INDEX = b'import "./chunks/app-0123abcd.js"; export function render() {}'
PAGE = b"import(`./part-89abcdef.js`); import './index.js';"


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A bundle, with a file next to it that must not be served."""
    folder = tmp_path / "static"
    (folder / "chunks").mkdir(parents=True)
    (folder / "index.js").write_bytes(INDEX)
    (folder / "chunks" / "app-0123abcd.js").write_bytes(PAGE)
    (folder / "part-89abcdef.js").write_bytes(b"export {}")
    (folder / "worker.js").write_bytes(b"onmessage = null")
    (folder / "page.html").write_bytes(b"<script>")
    (folder / ".env.json").write_bytes(b"{}")
    (tmp_path / "secret.js").write_bytes(b"secret")
    return folder


@pytest.fixture
def app(static: Path) -> answers.App:
    made = answers.App(None)
    made.plugin._assets = Assets(static)
    return made


def test_the_page_is_served_and_may_change(app: answers.App) -> None:
    answer = app.get("index.js")
    assert (answer.status_code, answer.data) == (200, INDEX)
    assert "no-cache" in answer.headers["Cache-Control"]
    assert answer.headers["ETag"]


def test_files_without_a_hash_may_change(app: answers.App) -> None:
    assert "no-cache" in app.get("worker.js").headers["Cache-Control"]


@pytest.mark.parametrize("name", ["index.js", "worker.js", "chunks/app-0123abcd.js"])
def test_files_are_served_again_below_the_path_of_the_module(app: answers.App, name: str) -> None:
    answer, nested = app.get(name), app.get(f"plugin/pairs/{name}")
    assert (nested.status_code, nested.data) == (200, answer.data)
    assert dict(nested.headers) == dict(answer.headers)


def test_hashed_files_may_be_kept_for_ever(app: answers.App) -> None:
    answer = app.get("chunks/app-0123abcd.js")
    assert answer.data == PAGE
    assert answer.headers["Cache-Control"] == "private, max-age=31536000"
    assert answer.content_type == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    "name",
    [
        "../secret.js",
        "..%2fsecret.js",
        "%2e%2e/secret.js",
        "chunks/../../secret.js",
        "..\\secret.js",
        "..%5csecret.js",
        "chunks\\..\\..\\secret.js",
        "C:/secret.js",
        "C:secret.js",
        "\\\\host\\share\\secret.js",
        "//secret.js",
        "/etc/passwd.js",
        "chunks//app-0123abcd.js",
        "./worker.js",
        "worker.js%00.png",
        "worker.js%0a",
        "worker.js/",
        ".env.json",
        "page.html",
        "chunks",
        "chunks.js",
        "CON.js",
        "plugin/pairs/plugin/pairs/worker.js",
        "plugin/pairs/../secret.js",
        "plugin/worker.js",
    ],
)
def test_nothing_else_is_served(app: answers.App, name: str) -> None:
    status, _ = app.refused(name)
    assert status == 404


@pytest.mark.parametrize("name", ["../secret.js", "..\\secret.js", "chunks/../../secret.js"])
def test_no_name_leads_out_of_the_folder(static: Path, name: str) -> None:
    assert Assets(static).read(name) is None


def shown(static: Path) -> str:
    """The text of the page that explains, without its code."""
    body = Assets(static).index().body
    prefix, suffix = fallback.make_index_module("@").split(b'"@"')
    assert body.startswith(prefix)
    assert body.endswith(suffix)
    return body[len(prefix) : -len(suffix)].decode()


def test_a_missing_page_is_explained(tmp_path: Path) -> None:
    text = shown(tmp_path / "none")
    assert "is missing from this installation" in text
    assert "Install tb_pairs_plugin again" in text


def test_an_empty_page_is_explained(static: Path) -> None:
    (static / "index.js").write_bytes(b"")
    assert "is damaged" in shown(static)


def test_a_page_without_its_chunks_is_explained(static: Path) -> None:
    (static / "chunks" / "app-0123abcd.js").unlink()
    assert "chunks/app-0123abcd.js is missing" in shown(static)


def test_a_page_without_a_part_that_is_loaded_later_is_explained(static: Path) -> None:
    (static / "part-89abcdef.js").unlink()
    assert "part-89abcdef.js is missing" in shown(static)


def test_a_page_that_cannot_be_read_is_explained(
    static: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, os.strerror(13), str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "is missing from this installation" in shown(static)


def test_an_explanation_is_only_ever_text() -> None:
    source = fallback.make_index_module("</script><b>\u2028'\"\\ ünï")
    assert source.isascii()
    assert b"innerHTML" not in source
    assert b"textContent" in source
