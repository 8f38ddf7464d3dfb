// SPDX-License-Identifier: Apache-2.0
/**
 * The script of an exported page. It is written into the file as text, so it may import nothing.
 */
import type {PageContent, PageSample} from './page-content.js';

/**
 * The script of an exported page. Its source text is written into the page, so it refers to nothing outside of itself.
 * Steps, swiping and zoom are shared by all samples.
 */
export function showPage(): void {
  type Attributes = Readonly<Record<string, string>>;
  const make = (
    tag: string,
    attributes: Attributes = {},
    ...children: readonly (Node | string)[]
  ): HTMLElement => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  const clamp = (value: number, low: number, high: number): number =>
    Math.min(Math.max(value, low), high);

  const content = JSON.parse(document.getElementById('content')!.textContent) as PageContent;
  const DEEPEST = 64;
  let step = content.steps.length - 1;
  let swipes = false;
  let swipe = 0.5;
  const zoom = {scale: 1, x: 0.5, y: 0.5};
  const images: HTMLElement[] = [];
  const stages: {
    readonly stage: HTMLElement;
    readonly isRun: boolean;
    readonly show: () => void;
  }[] = [];

  const slider = make('input', {
    type: 'range',
    min: '0',
    max: String(content.steps.length - 1),
    value: String(step),
    'aria-label': 'Step',
  }) as HTMLInputElement;
  const stepText = make('output', {'aria-live': 'polite'});
  const swipeSlider = make('input', {
    type: 'range',
    min: '0',
    max: '100',
    value: '50',
    'aria-label': 'Swipe',
  }) as HTMLInputElement;
  const sideButton = make('button', {type: 'button'}, 'Side by side');
  const swipeButton = make('button', {type: 'button'}, 'Swipe');
  const zoomText = make('output', {'aria-live': 'polite'});
  const button = (text: string, label: string, work: () => void): HTMLElement => {
    const element = make('button', {type: 'button', 'aria-label': label, title: label}, text);
    element.addEventListener('click', work);
    return element;
  };

  const showZoom = (): void => {
    const half = 0.5 / zoom.scale;
    zoom.x = clamp(zoom.x, half, 1 - half);
    zoom.y = clamp(zoom.y, half, 1 - half);
    const shift = (centre: number): number => (0.5 - centre * zoom.scale) * 100;
    const transform = `translate(${shift(zoom.x)}%,${shift(zoom.y)}%) scale(${zoom.scale})`;
    for (const image of images) {
      image.style.transform = transform;
    }
    for (const {stage} of stages) {
      stage.classList.toggle('zoomed', zoom.scale > 1);
    }
    zoomText.textContent = `${zoom.scale < 10 ? zoom.scale.toFixed(1) : zoom.scale.toFixed(0)}×`;
  };
  /** Zooms about a place of the stage, given as fractions. */
  const zoomBy = (factor: number, atX = 0.5, atY = 0.5): void => {
    const scale = clamp(zoom.scale * factor, 1, DEEPEST);
    zoom.x += (atX - 0.5) * (1 / zoom.scale - 1 / scale);
    zoom.y += (atY - 0.5) * (1 / zoom.scale - 1 / scale);
    zoom.scale = scale;
    showZoom();
  };
  const fit = (): void => {
    Object.assign(zoom, {scale: 1, x: 0.5, y: 0.5});
    showZoom();
  };
  const showSwipe = (): void => {
    document.body.style.setProperty('--swipe', `${swipe * 100}%`);
    swipeSlider.value = String(Math.round(swipe * 100));
  };
  const showStep = (): void => {
    slider.value = String(step);
    stepText.textContent = `Step ${content.steps[step] ?? ''}`;
    slider.setAttribute('aria-valuetext', content.steps[step] ?? '');
    for (const {show} of stages) {
      show();
    }
  };
  const setSwipes = (on: boolean): void => {
    swipes = on;
    sideButton.setAttribute('aria-pressed', String(!on));
    swipeButton.setAttribute('aria-pressed', String(on));
    swipeSlider.hidden = !on;
    for (const {stage, isRun} of stages) {
      stage.classList.toggle('swipes', on && isRun);
      for (const part of stage.querySelectorAll<HTMLElement>('.swiped')) {
        part.hidden = !on;
      }
      const own = stage.querySelector<HTMLElement>('.own');
      if (own !== null && isRun) {
        own.style.clipPath = on ? 'inset(0 0 0 var(--swipe))' : '';
      }
    }
  };

  /** Fingers and the mouse on a stage: one moves the divider or the zoomed picture, two zoom. */
  const listen = (stage: HTMLElement, isRun: boolean): void => {
    const down = new Map<number, {x: number; y: number}>();
    const placeOf = ({clientX, clientY}: MouseEvent): {x: number; y: number} => {
      const box = stage.getBoundingClientRect();
      return {x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height};
    };
    stage.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) {
        return;
      }
      stage.setPointerCapture(event.pointerId);
      down.set(event.pointerId, placeOf(event));
    });
    stage.addEventListener('pointermove', (event) => {
      const place = placeOf(event);
      const before = down.get(event.pointerId);
      if (before !== undefined) {
        down.set(event.pointerId, place);
      }
      if (before !== undefined && down.size === 2) {
        const other = [...down].find(([id]) => id !== event.pointerId)![1];
        const apart = (from: {x: number; y: number}): number =>
          Math.hypot(from.x - other.x, from.y - other.y);
        if (apart(before) > 0) {
          zoomBy(apart(place) / apart(before), (place.x + other.x) / 2, (place.y + other.y) / 2);
        }
      } else if (swipes && isRun) {
        swipe = clamp(place.x, 0, 1);
        showSwipe();
      } else if (before !== undefined && zoom.scale > 1) {
        zoom.x -= (place.x - before.x) / zoom.scale;
        zoom.y -= (place.y - before.y) / zoom.scale;
        showZoom();
      }
    });
    for (const end of ['pointerup', 'pointercancel'] as const) {
      stage.addEventListener(end, (event) => down.delete(event.pointerId));
    }
    stage.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey && !event.metaKey) {
          return;
        }
        event.preventDefault();
        const {x, y} = placeOf(event);
        zoomBy(2 ** (-event.deltaY / 200), x, y);
      },
      {passive: false},
    );
    stage.addEventListener('dblclick', (event) => {
      const {x, y} = placeOf(event);
      if (zoom.scale > 1) {
        fit();
      } else {
        zoomBy(8, x, y);
      }
    });
  };

  const layer = (
    className: string,
    alt: string,
  ): {readonly element: HTMLElement; readonly show: (picture: number) => void} => {
    const image = make('img', {alt, draggable: 'false', decoding: 'async'});
    images.push(image);
    return {
      element: make('div', {class: `layer ${className}`}, image),
      show: (picture) => {
        const url = content.pictures[picture];
        if (url === undefined) {
          image.removeAttribute('src');
        } else if (image.getAttribute('src') !== url) {
          image.setAttribute('src', url);
        }
      },
    };
  };

  const pane = (
    sample: PageSample,
    name: string,
    pictures: readonly number[],
    run = -1,
  ): HTMLElement => {
    const isRun = run >= 0;
    const [head, tail] = content.runs[run]?.parts ?? [name, ''];
    const cutName = (className: string): HTMLElement =>
      make(
        'span',
        {class: `name ${className}`, title: name, dir: 'auto'},
        make('span', {}, head),
        make('span', {class: 'tail'}, tail),
      );
    const note = make('strong');
    const other = make('span', {class: 'quiet'});
    const own = layer('own', `${name} of ${sample.id}`);
    const under = isRun ? layer('swiped', `Ground truth of ${sample.id}`) : undefined;
    const none = make('div', {class: 'none'}, 'Nothing here');
    const stage = make('div', {class: 'stage'});
    stage.style.aspectRatio = `${sample.width} / ${sample.height}`;
    if (under !== undefined) {
      stage.append(under.element);
    }
    stage.append(own.element, none);
    if (isRun) {
      const divider = make('div', {class: 'divider swiped'});
      divider.style.left = 'var(--swipe)';
      const right = cutName('side right swiped');
      stage.append(divider, make('span', {class: 'side left swiped'}, 'Ground truth'), right);
    }
    const dot = make('span', {class: 'dot'});
    dot.style.background = content.runs[run]?.color ?? '';
    dot.hidden = !isRun;
    stages.push({
      stage,
      isRun,
      show: () => {
        const picture = pictures[step] ?? -1;
        own.show(picture);
        none.hidden = picture >= 0;
        under?.show(sample.truths[step] ?? -1);
        const prediction = sample.predictions[run]?.[step];
        note.textContent = prediction?.note ?? '';
        other.textContent =
          prediction === undefined || prediction.step === '' ? '' : `at ${prediction.step}`;
      },
    });
    listen(stage, isRun);
    const caption = make('figcaption', {}, dot, cutName(''), other, note);
    return make('figure', {}, caption, stage);
  };

  const card = (sample: PageSample): HTMLElement => {
    const panes = make('div', {class: 'panes'});
    if (sample.inputs.length > 0) {
      panes.append(pane(sample, 'Input', sample.inputs));
    }
    panes.append(pane(sample, 'Ground truth', sample.truths));
    content.runs.forEach(({name}, run) => {
      panes.append(
        pane(
          sample,
          name,
          sample.predictions[run]!.map(({picture}) => picture),
          run,
        ),
      );
    });
    const head = make(
      'div',
      {},
      make('h2', {dir: 'auto'}, sample.id),
      make('span', {class: 'caption', dir: 'auto'}, sample.caption),
    );
    return make('article', {'aria-label': sample.id}, head, panes);
  };

  const classes = make('ul', {class: 'classes', 'aria-label': 'Classes'});
  for (const {name, color} of content.classes) {
    const swatch = make('span', {'aria-hidden': 'true'});
    swatch.style.background = color;
    classes.append(make('li', {dir: 'auto'}, swatch, name));
  }
  classes.hidden = content.classes.length === 0;
  const steps = make('div', {class: 'group step'}, stepText, slider);
  slider.hidden = content.steps.length < 2;
  const modes = make(
    'div',
    {class: 'group', role: 'group', 'aria-label': 'Compare'},
    sideButton,
    swipeButton,
    swipeSlider,
  );
  const zooms = make(
    'div',
    {class: 'group', role: 'group', 'aria-label': 'Zoom'},
    button('−', 'Zoom out (−)', () => zoomBy(0.5)),
    zoomText,
    button('+', 'Zoom in (+)', () => zoomBy(2)),
    button('Fit', 'Fit (0)', fit),
  );
  document.body.append(
    make('header', {}, make('h1', {dir: 'auto'}, content.tag), steps, modes, zooms, classes),
    make('main', {}, ...content.samples.map(card)),
  );

  const move = (by: number): void => {
    step = clamp(step + by, 0, content.steps.length - 1);
    showStep();
  };
  slider.addEventListener('input', () => {
    step = slider.valueAsNumber;
    showStep();
  });
  swipeSlider.addEventListener('input', () => {
    swipe = swipeSlider.valueAsNumber / 100;
    showSwipe();
  });
  sideButton.addEventListener('click', () => setSwipes(false));
  swipeButton.addEventListener('click', () => setSwipes(true));
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => move(-1),
    ArrowRight: () => move(1),
    Home: () => move(-content.steps.length),
    End: () => move(content.steps.length),
    1: () => setSwipes(false),
    3: () => setSwipes(true),
    '+': () => zoomBy(2),
    '=': () => zoomBy(2),
    '-': () => zoomBy(0.5),
    0: fit,
  };
  window.addEventListener('keydown', (event) => {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.target instanceof HTMLInputElement
    ) {
      return;
    }
    const work = keys[event.key];
    if (work === undefined) {
      return;
    }
    event.preventDefault();
    work();
  });
  setSwipes(false);
  showSwipe();
  showZoom();
  showStep();
}
