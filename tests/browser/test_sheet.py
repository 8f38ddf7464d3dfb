# SPDX-License-Identifier: Apache-2.0
"""Samples as a sheet of tiles: what a tile shows, which keys move, and what is fetched."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board, still_box
from tests.browser.logs import HEIGHT, MASK, WIDTH, blend, colored, mask, photo, spoiled
from tests.browser.test_access import serious, set_theme

TAG = "val%2Fmasks"
IDS = [f"s{i:03}" for i in range(240)]
TRUTH = np.stack([mask(i) for i in range(len(IDS))])
INPUT = np.stack([photo(1000 + i) for i in range(len(IDS))])
PREDICTED = {
    run: np.stack([spoiled(one, wrong, 100 + i) for i, one in enumerate(TRUTH)])
    for run, wrong in (("a", 0.2), ("b", 0.4))
}
# The better the later.
SCORES = np.linspace(0.1, 0.9, len(IDS))
SIXTY = [f"p{i:02}" for i in range(60)]
PHOTOS = np.kron(np.stack([photo(i, 16, 24) for i in range(60)]), np.ones((1, 8, 8, 1), np.uint8))
OPACITY = 0.6


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("sheet")
    # Run b was ended before the other's step.
    for run, step in (("a", 10_000), ("b", 50)):
        pairs.summary(
            "val/masks",
            TRUTH,
            PREDICTED[run],
            step,
            image=INPUT,
            ids=IDS,
            kind=MASK,
            metrics={"score": SCORES},
            writer=logdir / run,
        )
    pairs.summary("photos", PHOTOS, 255 - PHOTOS, 10_000, ids=SIXTY, writer=logdir / "a")
    return logdir


def open_sheet(board: Board, size: str = "", run: str = "a", **view: object) -> None:
    """Shows the masks as a sheet."""
    board.go(tags="masks", layouts=f"{TAG},sheet,{size},{run}", **view)
    tile(board, IDS[0]).wait_for()


def tiles(board: Board) -> Locator:
    return board.frame.locator("pairs-tile")


def tile(board: Board, sample: str) -> Locator:
    """The tile of a sample."""
    return board.frame.locator(f"pairs-tile[data-sample={sample}]")


def on_input(sample: int, ids: np.ndarray) -> np.ndarray:
    """A mask on the sample's input."""
    return blend(INPUT[sample], colored(ids), OPACITY)


def test_a_tile_shows_the_prediction_on_the_input(board: Board) -> None:
    open_sheet(board)
    for i in (0, 5):
        board.expect_pixels(tile(board, IDS[i]), on_input(i, PREDICTED["a"][i]), tolerance=1)


def test_the_ground_truth_is_outlined(board: Board) -> None:
    open_sheet(board, "L")
    one = tile(board, IDS[0])
    board.expect_pixels(one, on_input(0, PREDICTED["a"][0]), tolerance=1)
    canvas = board.canvas(one)[..., :3].astype(float)
    scale = min(canvas.shape[1] / WIDTH, canvas.shape[0] / HEIGHT)
    left = (canvas.shape[1] - WIDTH * scale) / 2
    # Along the middle of the first row of pixels: what is no fill is a line.
    row = canvas[int((canvas.shape[0] - HEIGHT * scale) / 2 + 0.5 * scale)]
    x = (np.arange(len(row)) + 0.5 - left) / scale
    # Where two pixels meet, the fill may be that of either.
    clear = (x > 0) & (x < WIDTH) & (np.abs(x - x.round()) * scale > 1)
    fill = on_input(0, PREDICTED["a"][0])[0][np.clip(x.astype(int), 0, WIDTH - 1)]
    lines = x[clear & (np.abs(row - fill).max(axis=1) > 2)]
    borders = 1 + np.flatnonzero(np.diff(TRUTH[0][0].astype(int)))
    apart = np.abs(lines[:, None] - borders)
    assert len(borders) > 0
    # A line lies along each border of the truth, and nowhere else.
    assert (apart.min(axis=0) < 3 / scale).all()
    assert (apart.min(axis=1) < 3 / scale).all()


def test_pictures_without_borders_are_shown_alone(board: Board) -> None:
    board.go(tags="photos", layouts="photos,sheet,L")
    wanted = 255 - PHOTOS[1]
    board.expect_pixels(tile(board, SIXTY[1]), wanted[4::8, 4::8])
    tile(board, SIXTY[1]).hover()
    board.expect_pixels(tile(board, SIXTY[1]), PHOTOS[1][4::8, 4::8])


def test_pictures_stay_right_where_tiles_move(board: Board) -> None:
    """Tiles of a row share a canvas, which another width of the page empties."""
    board.go(tags="photos", layouts="photos,sheet,L")
    columns = []
    for width in (1280, 1900, 1901, 1280):
        board.page.set_viewport_size({"width": width, "height": 800})
        for i in (0, 4):
            board.expect_pixels(tile(board, SIXTY[i]), (255 - PHOTOS[i])[4::8, 4::8])
        columns.append(board.frame.get_by_role("grid").get_attribute("aria-colcount"))
    assert columns[0] == columns[-1] != columns[1]


def open_photos(board: Board) -> None:
    """Shows the photographs as a sheet, and waits for its first row."""
    board.go(tags="photos", layouts="photos,sheet,L")
    board.until(
        lambda: tiles(board).count() > 3 and all(painted_columns(board)), "a row of pictures"
    )


def painted_columns(board: Board) -> list[bool]:
    """Of each column, whether a picture is seen in the first row."""
    return board.frame.locator("pairs-sheet canvas.pictures").first.evaluate("""canvas => {
      const {data} = canvas.getContext('2d').getImageData(0, canvas.height >> 1, canvas.width, 1);
      const grid = canvas.closest('[role=grid]');
      const columns = Number(grid.getAttribute('aria-colcount'));
      const middles = Array.from({length: columns}, (_, i) => (i + 0.5) / columns);
      return middles.map((at) => data[4 * Math.floor(canvas.width * at) + 3] > 0);
    }""")


def test_pictures_of_tiles_that_are_gone_are_not_seen(board: Board) -> None:
    open_photos(board)
    board.frame.get_by_role("searchbox", name="Show").fill(SIXTY[1])
    expect(tiles(board)).to_have_count(1)
    board.until(lambda: sum(painted_columns(board)) == 1, "one picture")
    board.expect_pixels(tile(board, SIXTY[1]), (255 - PHOTOS[1])[4::8, 4::8])


def test_pixels_of_another_size_are_painted_again(board: Board) -> None:
    """As where the page is moved to another screen."""
    open_photos(board)
    session = board.new_session()
    metrics = {"width": 1280, "height": 800, "deviceScaleFactor": 2, "mobile": False}
    session.send("Emulation.setDeviceMetricsOverride", metrics)
    tile(board, SIXTY[1]).focus()
    board.until(lambda: all(painted_columns(board)), "a row of pictures again")
    board.expect_pixels(tile(board, SIXTY[0]), (255 - PHOTOS[0])[4::8, 4::8])


def test_pointing_and_the_focus_show_the_ground_truth(board: Board) -> None:
    open_sheet(board)
    one, other = tile(board, IDS[2]), tile(board, IDS[3])
    truth = on_input(2, TRUTH[2])
    one.hover()
    board.expect_pixels(one, truth, tolerance=1)
    expect(one.get_by_text("Ground truth", exact=True)).to_be_visible()
    other.hover()
    board.expect_pixels(one, on_input(2, PREDICTED["a"][2]), tolerance=1)
    expect(one.get_by_text("Ground truth", exact=True)).to_have_count(0)
    board.page.mouse.move(0, 0)
    tile(board, IDS[0]).focus()
    board.press("ArrowRight", "ArrowRight")
    expect(one).to_be_focused()
    board.expect_pixels(one, truth, tolerance=1)


def test_other_modes_hold_for_tiles(board: Board) -> None:
    open_sheet(board, mode="blend", overlay="on,groundTruth,0")
    wanted = colored(TRUTH[1])
    board.expect_pixels(tile(board, IDS[1]), wanted, tolerance=1)


def test_a_may_be_another_run(board: Board) -> None:
    open_sheet(board, a="run:b")
    one = tile(board, IDS[1])
    board.expect_pixels(one, on_input(1, PREDICTED["a"][1]), tolerance=1)
    one.hover()
    board.expect_pixels(one, on_input(1, PREDICTED["b"][1]), tolerance=1)
    expect(one.locator(".side")).to_have_text("b")


def test_keys_go_over_the_sheet_and_open_a_sample(board: Board) -> None:
    open_sheet(board)
    grid = board.frame.get_by_role("grid", name="Samples of val/masks")
    columns = int(grid.get_attribute("aria-colcount") or 0)
    assert columns > 4
    tile(board, IDS[0]).focus()
    for key, place in (
        ("ArrowRight", 1),
        ("ArrowDown", columns + 1),
        ("ArrowLeft", columns),
        ("ArrowUp", 0),
        ("End", len(IDS) - 1),
        ("Home", 0),
    ):
        board.press(key)
        expect(tile(board, IDS[place])).to_be_focused()
        expect(tile(board, IDS[place])).to_be_in_viewport(ratio=1)
    board.press("PageDown", "PageUp", "ArrowRight", "Enter")
    board.frame.locator("pairs-full-view").get_by_role("heading", name=IDS[1]).wait_for()
    board.press("Escape")
    expect(tile(board, IDS[1])).to_be_focused()


def test_a_click_opens_a_sample(board: Board) -> None:
    open_sheet(board)
    tile(board, IDS[4]).click()
    board.frame.locator("pairs-full-view").get_by_role("heading", name=IDS[4]).wait_for()


def test_sixty_samples_are_on_one_screen(board: Board) -> None:
    board.page.set_viewport_size({"width": 1920, "height": 1200})
    board.go(tags="photos")
    board.frame.get_by_role("button", name="Sheet", exact=True).click()
    whole = """tiles => tiles.filter(tile => {
      const {left, right, top, bottom} = tile.getBoundingClientRect();
      return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
        && tile.shadowRoot.querySelector('[data-state=ready]') !== null;
    }).length"""
    board.until(lambda: tiles(board).evaluate_all(whole) == len(SIXTY), "sixty tiles")
    (width,) = set(tiles(board).evaluate_all("tiles => tiles.map(tile => tile.offsetWidth)"))
    assert 120 <= width < 140


def test_only_what_is_in_sight_is_made_and_fetched(open_page: Callable[..., Board]) -> None:
    board = open_page(f"&p.pairs.tags=masks&p.pairs.layouts={TAG.replace('%', '%25')}%2Csheet%2CL")
    board.expect_pixels(tile(board, IDS[3]), on_input(3, PREDICTED["a"][3]), tolerance=1)
    assert len(board.fetched()[0]) < len(IDS) / 3
    assert tiles(board).count() < len(IDS) / 3
    # Before the page is laid out it can't know that one run is in sight.
    board.forget()
    board.frame.locator(".scroll").evaluate("one => one.scrollTo(0, one.scrollHeight)")
    board.expect_pixels(tile(board, IDS[-1]), on_input(-1, PREDICTED["a"][-1]), tolerance=1)
    assert tiles(board).count() < len(IDS) / 3
    samples, runs = board.fetched()
    assert runs == {"a"}
    assert {IDS[-1]} <= samples
    assert len(samples) < len(IDS) / 3


def test_tiles_that_stay_are_not_drawn_again_while_others_come(
    open_page: Callable[..., Board],
) -> None:
    board = open_page()
    open_sheet(board, "S")
    app = board.frame.locator("pairs-app")
    app.evaluate("""() => {
      const {prototype} = customElements.get('pairs-tile');
      const {update} = prototype;
      globalThis.drawn = [];
      prototype.update = function (changed) {
        drawn.push(this.row?.id);
        update.call(this, changed);
      };
    }""")
    for _ in range(20):
        app.evaluate("""async app => {
          app.shadowRoot.querySelector('.scroll').scrollBy(0, 100);
          for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
        }""")
    drawn = app.evaluate("() => drawn")
    assert len(set(drawn)) > 50
    # At first, once it is fetched and once it is decoded; and where rows are put in order.
    assert len(drawn) < 4 * len(set(drawn))


def test_the_rows_that_scrolling_shows_next_are_fetched_before(
    open_page: Callable[..., Board],
) -> None:
    board = open_page(f"&p.pairs.tags=masks&p.pairs.layouts={TAG.replace('%', '%25')}%2Csheet%2CL")
    tile(board, IDS[3]).wait_for()

    def made() -> list[int]:
        samples = tiles(board).evaluate_all("tiles => tiles.map(tile => tile.dataset.sample)")
        return sorted(IDS.index(sample) for sample in samples)

    board.until(lambda: IDS[made()[-1] + 1] in board.fetched()[0], "the row below")
    # Upwards it is the row above.
    board.frame.locator(".scroll").evaluate("one => one.scrollTo(0, one.scrollHeight)")
    tile(board, IDS[-1]).wait_for()
    board.frame.locator(".scroll").evaluate("one => one.scrollBy(0, -900)")
    # Of the first row a tile is kept for Tab.
    first = board.until(lambda: [i for i in made() if i > 60], "rows")[0]
    board.until(lambda: IDS[first - 1] in board.fetched()[0], "the row above")


def bytes_asked(board: Board, sample: str) -> set[str]:
    """Of which parts of a sample the bytes were asked for, since `forget`."""
    return {
        part
        for query in board.queries("frames")
        if sample in query["sample"]
        for part in query.get("blob", ["all"])
    }


PHOTO_SHEET = "&p.pairs.tags=photos&p.pairs.layouts=photos%2Csheet%2CL"


def test_tiles_fetch_only_the_part_that_they_show(open_page: Callable[..., Board]) -> None:
    """All of a sample is known; the bytes of what is on no tile come once something shows it."""
    board = open_page(PHOTO_SHEET)
    one, other, third = SIXTY[3], SIXTY[4], SIXTY[5]
    board.expect_pixels(tile(board, one), 255 - PHOTOS[3][4::8, 4::8])
    board.until_idle()
    assert bytes_asked(board, one) == {"prediction"}

    board.forget()
    tile(board, one).hover()
    board.expect_pixels(tile(board, one), PHOTOS[3][4::8, 4::8])
    assert (bytes_asked(board, one), bytes_asked(board, other)) == ({"groundTruth"}, set())

    # The full view shows all panes of a sample.
    tile(board, third).click()
    pane = board.full_view.locator("pairs-pane").filter(has_text="Ground truth").first
    board.expect_pixels(pane, PHOTOS[5][4::8, 4::8])
    board.press("Escape")
    board.page.mouse.move(0, 0)

    # A difference needs both, of all tiles.
    board.forget()
    board.go(tags="photos", layouts="photos,sheet,L", mode="difference")
    board.until(lambda: bytes_asked(board, other) == {"groundTruth"}, "a ground truth")
    board.until_idle()
    assert bytes_asked(board, one) == set()


def test_a_card_is_saved_with_all_its_panes_from_a_sheet(open_page: Callable[..., Board]) -> None:
    board = open_page(PHOTO_SHEET)
    tile(board, SIXTY[0]).wait_for()
    board.frame.locator(".scroll").evaluate("one => one.scrollTo(0, one.scrollHeight)")
    board.expect_pixels(tile(board, SIXTY[-1]), 255 - PHOTOS[-1][4::8, 4::8])
    board.until_idle()
    board.focus()
    with board.page.expect_download() as download:
        board.press("Shift+S")
    _, sample, _ = download.value.suggested_filename.split("_")
    assert bytes_asked(board, sample) == {"prediction", "all"}
    saved = np.asarray(Image.open(Path(download.value.path())).convert("RGB"))
    photo_of = PHOTOS[SIXTY.index(sample)]
    for picture in (photo_of, 255 - photo_of):
        # Some pixels of each row of blocks, which are of colours of their own.
        for color in picture[4::48, 4]:
            assert (saved == color).all(axis=2).any()


def test_chips_stand_out_by_the_rank_within_the_run(board: Board) -> None:
    open_sheet(board, sort="dataset:score")
    first = tile(board, IDS[0]).locator(".chip")
    expect(first).to_have_attribute("data-tone", "bad")
    title = first.get_attribute("title") or ""
    assert f"place {len(IDS)} of {len(IDS)} samples of this run by" in title
    expect(tile(board, IDS[23]).locator(".chip")).to_have_attribute("data-tone", "bad")
    expect(tile(board, IDS[24]).locator(".chip")).to_have_attribute("data-tone", "plain")
    board.go(tags="masks", layouts=f"{TAG},sheet,,a", sort="best:score")
    expect(tile(board, IDS[-1]).locator(".chip")).to_have_attribute("data-tone", "good")
    expect(board.frame.locator("pairs-sheet .legend")).to_contain_text("worst tenth")


def test_the_run_is_chosen_in_the_header_and_the_link_restores_it(board: Board) -> None:
    open_sheet(board, step=10_000)
    expect(tile(board, IDS[0]).locator(".offset")).to_have_count(0)
    controls = board.frame.locator("pairs-tag-controls")
    controls.get_by_role("combobox", name="Run").select_option("b")
    board.expect_pixels(tile(board, IDS[0]), on_input(0, PREDICTED["b"][0]), tolerance=1)
    offset = tile(board, IDS[0]).locator(".offset")
    expect(offset).to_have_text("\u22129.9k")
    assert "nearest" in (offset.get_attribute("title") or "")
    board.frame.get_by_role("button", name="M", exact=True).click()
    columns = board.frame.get_by_role("grid").get_attribute("aria-colcount")
    width = tile(board, IDS[0]).evaluate("tile => tile.offsetWidth")
    assert width >= 180
    board.until(lambda: "sheet" in board.link and "M%2Cb" in board.link, "the choice in the link")
    link = board.link
    board.go(tags="masks")
    board.frame.locator("pairs-card").first.wait_for()
    board.page.evaluate("link => { location.hash = link; }", link)
    expect(board.frame.get_by_role("grid")).to_have_attribute("aria-colcount", columns or "")
    expect(tile(board, IDS[0])).to_have_css("width", f"{width}px")
    board.expect_pixels(tile(board, IDS[0]), on_input(0, PREDICTED["b"][0]), tolerance=1)


def test_a_choice_leaves_the_header_the_room_that_it_does_not_need(board: Board) -> None:
    open_sheet(board)
    order = board.frame.get_by_role("combobox", name="Sort", exact=True)
    short = still_box(order)["width"]
    order.select_option("regressed")
    assert still_box(order)["width"] > short


def test_a_select_shows_what_holds_after_a_pick_and_links(board: Board) -> None:
    """Browsers heed the attribute `selected` no more on an option that was picked."""
    open_sheet(board)
    order = board.frame.get_by_role("combobox", name="Sort", exact=True)
    order.select_option("worst")
    board.until(lambda: "sort=worst" in board.link, "the order in the link")
    picked = board.link
    for link, value in ((picked.replace("sort=worst", "sort=best"), "best"), (picked, "worst")):
        board.page.evaluate("link => { location.hash = link; }", link)
        expect(order).to_have_value(value)


def test_a_flag_is_seen_and_taken_away(board: Board) -> None:
    open_sheet(board)
    tile(board, IDS[1]).hover()
    board.press("x")
    flag = board.frame.get_by_role("img", name="Flagged")
    expect(flag).to_have_count(1)
    expect(tile(board, IDS[1]).get_by_role("img", name="Flagged")).to_be_visible()
    board.press("x")
    expect(flag).to_have_count(0)


def test_a_link_scrolls_to_a_sample(board: Board) -> None:
    board.go(tags="masks", layouts=f"{TAG},sheet,L,a", anchor=f"{TAG},{IDS[-1]}")
    expect(tile(board, IDS[-1])).to_be_in_viewport(ratio=1)
    board.expect_pixels(tile(board, IDS[-1]), on_input(-1, PREDICTED["a"][-1]), tolerance=1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(board: Board, theme: str) -> None:
    set_theme(board, theme)
    open_sheet(board, run="b", sort="dataset:score")
    tile(board, IDS[2]).hover()
    board.until_idle()
    assert serious(board) == []
    set_theme(board, "light")
