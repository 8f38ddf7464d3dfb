// SPDX-License-Identifier: Apache-2.0
// Runs in every frame before anything else, and tells when which canvas was painted.
// performance.timeOrigin differs between frames, so times are those of the wall clock.
(() => {
  const MOST_FRAMES = 30;
  const QUIET_FRAMES = 3;

  const painted = new Map();
  for (const method of ['drawImage', 'putImageData']) {
    const original = CanvasRenderingContext2D.prototype[method];
    CanvasRenderingContext2D.prototype[method] = function (...given) {
      const result = original.apply(this, given);
      if (this.canvas.isConnected) painted.set(this.canvas, (painted.get(this.canvas) ?? 0) + 1);
      if (this.canvas.matches('.pictures')) columnsOf(this.canvas).add(given[1]);
      return result;
    };
  }

  // Of a row of tiles, which share a canvas: at which columns of its pixels pictures begin.
  const columns = new WeakMap();
  const columnsOf = (canvas) => {
    if (!columns.has(canvas)) columns.set(canvas, new Set());
    return columns.get(canvas);
  };
  const clearRect = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (x, y, width, height) {
    clearRect.call(this, x, y, width, height);
    for (const column of columns.get(this.canvas) ?? [])
      if (column >= x && column < x + width) columns.get(this.canvas).delete(column);
  };

  // How long the page took no input, in milliseconds.
  const tasks = [];
  new PerformanceObserver((list) => {
    for (const {name, duration} of list.getEntries()) if (name === 'self') tasks.push(duration);
  }).observe({type: 'longtask', buffered: true});

  function* everything(root) {
    for (const element of root.querySelectorAll('*')) {
      yield element;
      if (element.shadowRoot) yield* everything(element.shadowRoot);
    }
  }
  const all = (selector) => [...everything(document)].filter((element) => element.matches(selector));
  const within = (host, selector) => all(host).flatMap((one) => [...one.shadowRoot.querySelectorAll(selector)]);
  const inSight = (element) => {
    const {top, bottom, left, right} = element.getBoundingClientRect();
    return right > left && bottom > top && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  };
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const panes = () => within('pairs-pane', 'canvas.picture:not([hidden])').filter(inSight);
  const isLoaded = (image) => image?.complete && image.naturalWidth > 0;
  const images = () =>
    within('tf-image-loader', 'img').filter((image) => isLoaded(image) && inSight(image));

  const predictions = () =>
    all('pairs-pane')
      .filter((pane) => pane.color !== undefined)
      .flatMap((pane) => [...pane.shadowRoot.querySelectorAll('canvas.picture:not([hidden])')])
      .filter(inSight);
  // Asked at each frame: found once, and row by row.
  let sheet;
  const tiles = () => {
    if (!sheet?.isConnected) [sheet] = all('pairs-sheet');
    return [...(sheet?.shadowRoot.querySelectorAll('.made') ?? [])]
      .filter(inSight)
      .flatMap((row) => [...row.querySelectorAll('pairs-tile')]);
  };
  const hasPicture = (tile) =>
    tile.place !== undefined &&
    columnsOf(tile.parentElement.querySelector('canvas')).has(Math.round(tile.place.x * devicePixelRatio));

  // The canvases of the last steps, and what they showed before.
  let stepped = [];

  async function until(isTrue, ready = async () => {}, seconds = 60) {
    const deadline = performance.now() + seconds * 1000;
    while (!isTrue()) {
      if (performance.now() > deadline) return null;
      await frame();
    }
    await ready();
    // What was drawn is on the screen after the next frame.
    await frame();
    await frame();
    return performance.timeOrigin + performance.now();
  }

  // The same of pictures of Images, once those in sight are decoded too.
  const untilDecoded = (isTrue) => until(isTrue, () => Promise.all(images().map((image) => image.decode())));

  // A few pixels of a canvas as text, to tell contents apart.
  function look(canvas) {
    const {width, height} = canvas;
    const rows = [0.3, 0.5, 0.7].map((at) => canvas.getContext('2d').getImageData(0, Math.floor(height * at), width, 1).data);
    return rows.map((row) => row.reduce((sum, value, i) => (sum * 31 + value * (i % 97)) | 0, 7)).join();
  }

  // Calls `move` once per frame; returns what `shown` said after each, and how long frames took.
  async function drive(count, move, shown) {
    const seen = [];
    const frames = [];
    await frame();
    let before = performance.now();
    for (let i = 0; i < count; i++) {
      move(i);
      await frame();
      const now = performance.now();
      frames.push(now - before);
      before = now;
      seen.push(shown());
    }
    for (let i = 0; i < 3; i++) {
      await frame();
      seen.push(shown());
    }
    return {seen, frames};
  }

  const press = (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, code: key, bubbles: true, composed: true}));

  const distinct = (seen, first) => new Set(seen.filter((one) => one !== null && one !== first)).size;

  globalThis.probe = {
    firstPair: () => until(() => panes().filter((canvas) => painted.has(canvas)).length >= 2),
    firstImage: () => untilDecoded(() => images().length > 0),
    // When the frame was made, and when what came into it was there, where it was the plugin's.
    arrivals: () => {
      const came = performance.getEntriesByType('resource');
      const first = (part, moment) =>
        Math.min(...came.filter(({name}) => name.includes(`plugin/pairs/${part}`)).map((one) => one[moment]));
      const moments = {
        'frame': 0,
        'index.js': first('index.js', 'responseEnd'),
        'code runs': first('tags', 'startTime'),
        'tags': first('tags', 'responseEnd'),
        'series': first('series', 'responseEnd'),
        'frames': first('frames', 'responseEnd'),
      };
      const there = Object.entries(moments).filter(([, at]) => Number.isFinite(at));
      return Object.fromEntries(there.map(([name, at]) => [name, performance.timeOrigin + at]));
    },
    // The longest since it was asked before; what takes less than 50 ms is not told of.
    longestTask: () => Math.max(0, ...tasks.splice(0)),
    // Milliseconds that a fixed piece of work takes: the least of a few, as others may want the processor too.
    work: () => {
      const once = () => {
        const start = performance.now();
        let sum = 1;
        for (let i = 0; i < 5e6; i++) sum = (sum * 31 + i) | 0;
        return sum === 0 ? Infinity : performance.now() - start;
      };
      return Math.min(...Array.from({length: 25}, once));
    },
    empty: () => until(() => document.body?.textContent === 'empty'),
    settle: async (quietFrames = 60) => {
      for (let quiet = 0, before = -1; quiet < quietFrames; quiet++) {
        await frame();
        const now = [...painted.values()].reduce((sum, count) => sum + count, 0);
        if (now !== before) quiet = 0;
        before = now;
      }
    },

    // Shows the first step, until nothing more is painted.
    async goHome() {
      press('Home');
      await probe.settle();
      return true;
    },

    // Milliseconds until all predictions in sight are those of the next step, and how many they are; the last of some
    // steps, each asked for as soon as the one before is seen.
    async stepPairs(steps) {
      stepped = predictions().map((canvas) => ({canvas, old: look(canvas)}));
      let start, end;
      for (let step = 0; step < steps; step++) {
        const times = stepped.map(({canvas}) => painted.get(canvas) ?? 0);
        start = performance.timeOrigin + performance.now();
        press('ArrowRight');
        end = await until(() => stepped.every(({canvas}, i) => (painted.get(canvas) ?? 0) > times[i]));
        if (end === null) return null;
      }
      return {ms: end - start, pictures: stepped.length};
    },

    // How many of these predictions become others until nothing more is painted: where painting is slow, a pane paints
    // coarsely at first. Null where one is still the old one. Asked afterwards: to read the pixels of all takes as long
    // as to paint some.
    async haveStepped() {
      const seen = stepped.map(({canvas}) => look(canvas));
      await probe.settle();
      const coarse = stepped.filter(({canvas}, i) => look(canvas) !== seen[i]);
      return stepped.every(({old}, i) => seen[i] !== old) ? coarse.length : null;
    },

    // The same of as many pictures of Images, the first on the page.
    async stepImages(count, steps) {
      const image = (loader) => loader.shadowRoot.querySelector('img');
      const loaders = () => all('tf-image-loader').slice(0, count);
      if ((await until(() => loaders().length === count && loaders().every((one) => isLoaded(image(one))))) === null) return null;
      const some = loaders();
      for (const loader of some) loader._stepIndex = 0;
      for (let i = 0; i < 120; i++) await frame();
      let start, end;
      for (let step = 1; step <= steps; step++) {
        const before = some.map((loader) => image(loader)?.src);
        start = performance.timeOrigin + performance.now();
        for (const loader of some) loader._stepIndex = step;
        end = await untilDecoded(() => some.every((loader, i) => isLoaded(image(loader)) && image(loader).src !== before[i]));
        if (end === null) return null;
      }
      return {ms: end - start, pictures: some.length};
    },

    // When every tile in sight has its picture, when the plugin's frame began, and how many they are.
    async tilesShown() {
      const at = await until(() => tiles().length > 0 && tiles().every(hasPicture));
      return at === null ? null : {at, began: performance.timeOrigin, pictures: tiles().length};
    },
    // When as many strips are loaded.
    imagesShown: (count) =>
      untilDecoded(() => within('tf-image-loader', 'img').filter(isLoaded).length >= count),

    // Scrolls the sheet, once per frame; tells how long frames took, and how long a tile was in sight without a picture.
    async scrollSheet(turns, pixels) {
      const scroller = within('pairs-app', '.scroll')[0];
      let empty = new Map();
      let longest = 0;
      const seen = new Set();
      const watch = () => {
        const now = performance.now();
        const still = new Map();
        for (const tile of tiles()) {
          const sample = tile.row?.id;
          seen.add(sample);
          if (hasPicture(tile)) continue;
          still.set(sample, empty.get(sample) ?? now);
          longest = Math.max(longest, now - still.get(sample));
        }
        empty = still;
      };
      const {frames} = await drive(turns, () => scroller.scrollBy(0, pixels), watch);
      await until(() => {
        watch();
        return tiles().every(hasPicture);
      });
      return {frames, longest, samples: seen.size};
    },

    async scrubPairs(steps) {
      await probe.goHome();
      const prediction = panes().at(-1);
      const look1 = () => look(prediction);
      const first = look1();
      const {seen, frames} = await drive(steps, () => press('ArrowRight'), look1);
      return {shown: distinct(seen, first), frames};
    },

    async scrubImages(steps) {
      const loader = all('tf-image-loader').find(inSight);
      loader._stepIndex = 0;
      for (let i = 0; i < 30; i++) await frame();
      const shown = () => {
        const image = loader.shadowRoot.querySelector('img');
        return isLoaded(image) ? image.src : null;
      };
      const first = shown();
      const {seen, frames} = await drive(steps, (i) => (loader._stepIndex = i + 1), shown);
      return {shown: distinct(seen, first), frames};
    },

    // Moves a control, again as soon as the move before is painted; counts the frames until all of a move was.
    async drag(host, selector, values) {
      await probe.settle();
      const control = () => within(host, selector).find((one) => one.getClientRects().length > 0);
      if ((await until(() => control() !== undefined)) === null) return null;
      const input = control();
      const total = () => [...painted.values()].reduce((sum, count) => sum + count, 0);
      const waited = [];
      const frames = [];
      let before = performance.now();
      for (const value of values) {
        let count = total();
        let last = null;
        if (input.type === 'checkbox') input.click();
        else {
          const old = input.value;
          input.value = value;
          // It has steps: not every value is a move.
          if (input.value === old) continue;
          input.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
        }
        for (let i = 1; i < MOST_FRAMES && i < (last ?? MOST_FRAMES) + QUIET_FRAMES; i++) {
          await frame();
          const now = performance.now();
          frames.push(now - before);
          before = now;
          if (total() !== count) last = i;
          count = total();
        }
        waited.push(last ?? MOST_FRAMES);
      }
      return {panes: panes().length, waited, frames};
    },
  };
})();
