# SPDX-License-Identifier: Apache-2.0
"""An installation that is incomplete and can't be written to: TensorBoard does not care."""

import shutil
from collections.abc import Callable
from pathlib import Path

from tests import servers
from tests.reading import logs
from tests.reading.logs import TAG, Pair, png

PACKAGE = Path(__file__).parents[2] / "tb_pairs_plugin"


def test_without_its_page_and_on_a_read_only_disk_the_data_is_served_all_the_same(
    tmp_path: Path, tensorboard: Callable[..., servers.Server]
) -> None:
    package = tmp_path / "site" / "tb_pairs_plugin"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("static", "__pycache__"))
    # Before the working directory, which has the package too, comes onto the path.
    (package.parent / "sitecustomize.py").write_text("import tb_pairs_plugin")
    files = list(package.rglob("*"))
    for path in (package, *files):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with logs.Log(tmp_path / "logs" / "run") as log:
        log.pairs(1, [Pair("s", png(fill=1), png(fill=2))])
    server = tensorboard(
        tmp_path / "logs",
        load_fast=True,
        environ={"PYTHONPATH": str(tmp_path / "site"), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    page = server.pairs("index.js")
    assert page.status == 200
    assert "The page of the Pairs plugin is missing from this installation." in page.text
    assert server.pairs("series", ("tag", TAG)).status == 200
    assert sorted(package.rglob("*")) == sorted(files)
