# SPDX-License-Identifier: Apache-2.0
"""TensorBoard starts, and its other tabs work, whatever is wrong with the plugin or around it."""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest
from tensorboard.compat.proto import summary_pb2
from tensorboard.plugins import base_plugin

from tb_pairs_plugin import fallback, loader
from tests import servers
from tests.reading import logs
from tests.reading.logs import TAG, Pair, png

ROOT = Path(__file__).parents[2]


def flags(**values: object) -> argparse.Namespace:
    return argparse.Namespace(**values)


def test_tensorboard_is_asked_to_keep_300_steps() -> None:
    asked = flags(samples_per_plugin={"images": 5})
    loader.PairsLoader().fix_flags(asked)
    assert asked.samples_per_plugin == {"images": 5, "pairs": 300}


def test_a_user_s_own_number_of_steps_wins() -> None:
    asked = flags(samples_per_plugin={"pairs": 20})
    loader.PairsLoader().fix_flags(asked)
    assert asked.samples_per_plugin == {"pairs": 20}


@pytest.mark.parametrize("asked", [flags(), flags(samples_per_plugin=None), None])
def test_flags_of_another_tensorboard_do_no_harm(
    asked: argparse.Namespace, caplog: pytest.LogCaptureFixture
) -> None:
    loader.PairsLoader().fix_flags(asked)
    assert "can't ask TensorBoard to keep more than ten steps" in caplog.text


def test_a_second_installation_stands_back(caplog: pytest.LogCaptureFixture) -> None:
    context = base_plugin.TBContext(plugin_name_to_instance={"pairs": object()})
    assert loader.PairsLoader().load(context) is None
    assert "installed twice" in caplog.text


def test_a_plugin_that_cannot_be_imported_is_explained_on_its_tab(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "tb_pairs_plugin.plugin", None)
    monkeypatch.delattr("tb_pairs_plugin.plugin", raising=False)
    plugin = loader.PairsLoader().load(base_plugin.TBContext())
    assert isinstance(plugin, fallback.BrokenPlugin)
    assert plugin.frontend_metadata().es_module_path in plugin.get_plugin_apps()
    assert plugin.frontend_metadata().tab_name == "Pairs"
    assert plugin.is_active() is False


def test_rules_for_existing_pictures_are_imported_by_the_first_request() -> None:
    script = """
import sys
from tensorboard.plugins import base_plugin
from tb_pairs_plugin.loader import PairsLoader
plugin = PairsLoader().load(base_plugin.TBContext())
plugin.get_plugin_apps()
print([name for name in sys.modules if name.startswith("tb_pairs_plugin.pairing")])
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert ended.stdout.strip() == "[]", ended.stderr


def module_addresses(entry: str, page: str) -> list[str]:
    """Where browsers look for the module that a frame imports.

    By the frame's `<base>`, as HTML has it, or by its own address, as WebKit does.
    """
    (base,) = re.findall('<base href="(.*?)" />', page)
    (path,) = re.findall(r'import\("(.*?)"\)', page)
    return [urljoin(urljoin(entry, base), path), urljoin(entry, path)]


@pytest.mark.parametrize("prefix", ["", "/a/b"])
@pytest.mark.parametrize("is_broken", [False, True], ids=["dashboard", "explanation"])
def test_every_browser_finds_the_module_of_the_frame(
    tmp_path: Path, prefix: str, is_broken: bool, load_fast: bool
) -> None:
    write_scalar_and_pair(tmp_path / "logs" / "run")
    site = tmp_path / "site"
    site.mkdir()
    if is_broken:
        (site / "sitecustomize.py").write_text(BREAKAGES["plugin broken"]["sitecustomize.py"])
    with servers.tensorboard(
        tmp_path / "logs",
        load_fast=load_fast,
        flags=(f"--path_prefix={prefix}",),
        environ={"PYTHONPATH": f"{site}:{ROOT}"},
    ) as server:
        entry = "data/plugin_entry.html?name=pairs"
        addresses = module_addresses(entry, server.get(entry).text)
        answers = [server.get(address) for address in addresses]
        assert [answer.status for answer in answers] == [200, 200]
        assert answers[0].body == answers[1].body == server.pairs("index.js").body
        assert (b"could not start" in answers[0].body) is is_broken


def test_where_nothing_can_be_imported_only_the_tab_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("plugin", "fallback"):
        monkeypatch.setitem(sys.modules, f"tb_pairs_plugin.{module}", None)
        monkeypatch.delattr(f"tb_pairs_plugin.{module}", raising=False)
    assert loader.PairsLoader().load(base_plugin.TBContext()) is None


def write_scalar_and_pair(run: Path) -> None:
    """A run for TensorBoard's own tabs and for ours."""
    with logs.Log(run) as log:
        log.pairs(1, [Pair("s", png(fill=1), png(fill=2))])
        scalar = summary_pb2.Summary.Value(tag="loss", simple_value=0.5)
        log.values(1, scalar)


def check_other_tabs(server: servers.Server) -> None:
    """Scalars are listed and served, and the page is told of all plugins."""
    assert list(server.json("data/plugin/scalars/tags")["run"]) == ["loss"]
    (point,) = server.json("data/plugin/scalars/scalars?run=run&tag=loss")
    assert point[1:] == [1, 0.5]
    assert server.json("data/plugins_listing")["scalars"]["enabled"] is True


# What a user's machine may have in front of the installed packages.
BREAKAGES = {
    "tensorflow missing": {"sitecustomize.py": "import sys; sys.modules['tensorflow'] = None"},
    "tensorflow broken": {"tensorflow/__init__.py": "raise ImportError('broken build')"},
    "plugin broken": {
        "sitecustomize.py": "import sys; sys.modules['tb_pairs_plugin.plugin'] = None",
    },
    "reading broken": {
        "sitecustomize.py": "import sys; sys.modules['tb_pairs_plugin.reading.frames'] = None",
    },
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_tensorboard_starts_and_shows_its_other_tabs(
    tmp_path: Path, breakage: str, load_fast: bool
) -> None:
    site = tmp_path / "site"
    for name, source in BREAKAGES[breakage].items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(source)
    write_scalar_and_pair(tmp_path / "logs" / "run")
    with servers.tensorboard(
        tmp_path / "logs",
        load_fast=load_fast,
        with_tensorflow="tensorflow" in breakage,
        environ={"PYTHONPATH": f"{site}:{ROOT}"},
    ) as server:
        check_other_tabs(server)
        listed = server.json("data/plugins_listing")["pairs"]
        assert (listed["enabled"], listed["tab_name"]) == (True, "Pairs")
        page = server.pairs("index.js")
        assert page.status == 200
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        if "tensorflow" in breakage:
            assert server.pairs("series", ("tag", TAG)).status == 200
        else:
            assert "The Pairs plugin could not start: " in page.text
            assert server.pairs("tags").status == 404


def test_the_minimal_plugin_answers_get_and_head_only(tmp_path: Path) -> None:
    answers = []

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        answers.append((status, dict(headers)))

    serve = fallback.BrokenPlugin("it broke").get_plugin_apps()["/index.js"]
    bodies = [
        b"".join(serve({"REQUEST_METHOD": method}, start)) for method in ("GET", "HEAD", "POST")
    ]
    assert [status for status, _ in answers] == ["200 OK", "200 OK", "405 Method Not Allowed"]
    assert b'"it broke"' in bodies[0]
    assert bodies[1] == b""
    assert answers[1] == answers[0]
    assert answers[2][1]["Allow"] == "GET, HEAD"


def test_two_distributions_with_the_entry_point_do_no_harm(tmp_path: Path) -> None:
    metadata = tmp_path / "site" / "tb_pairs_fork-1.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: tb_pairs_fork\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text(
        "[tensorboard_plugins]\npairs = tb_pairs_plugin.loader:PairsLoader\n"
    )
    write_scalar_and_pair(tmp_path / "logs" / "run")
    with servers.tensorboard(
        tmp_path / "logs",
        load_fast=True,
        environ={"PYTHONPATH": f"{tmp_path / 'site'}:{ROOT}"},
    ) as server:
        check_other_tabs(server)
        assert server.pairs("tags").status == 200
        assert "installed twice" in server.log


# Modules that TensorBoard's own start brings in anyway don't count.
_COST = """
import sys, types
sys.modules["tensorboard.compat.notf"] = types.ModuleType("notf")
from tensorboard import default, program
from tensorboard.backend import application, http_util
import tensorboard.plugin_util
before = set(sys.modules)
from tb_pairs_plugin import loader
from tensorboard.plugins import base_plugin
plugin = loader.PairsLoader().load(base_plugin.TBContext())
print(type(plugin).__name__, *sorted(set(sys.modules) - before))
"""


def test_starting_brings_in_no_module_but_our_own_reading_side() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _COST],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    plugin, *modules = ran.stdout.split()
    assert plugin == "PairsPlugin"
    ours = {name for name in modules if name.startswith("tb_pairs_plugin")}
    assert not any(name.startswith("tb_pairs_plugin.writing") for name in ours)
    standard = {name.partition(".")[0] for name in set(modules) - ours}
    assert standard <= set(sys.stdlib_module_names)
