// SPDX-License-Identifier: Apache-2.0
/**
 * The page this frame is in: TensorBoard, or something else that embeds it, such as a notebook. Everything here works
 * without it too; the parent may be of another origin, and then nothing of it can be read.
 */
import type {Params} from './store/link.js';
import type {Theme} from './theme/theme.js';

const PLUGIN = 'pairs';
const PREFIX = `p.${PLUGIN}.`;

export interface HostEvents {
  /** TensorBoard loaded new data. */
  dataReloaded(): void;
  runsChanged(runs: readonly string[]): void;
  themeChanged(theme: Theme): void;
  visibilityChanged(visible: boolean): void;
  /** The address was changed by someone else: back, forward, or a pasted link. */
  linkChanged(params: Params): void;
}

interface Message {
  readonly type: string;
  readonly id: number;
  readonly payload: unknown;
  readonly error: string | null;
  readonly isReply: boolean;
}

export class Host {
  readonly #parent: Window | null;
  readonly #port: MessagePort;
  readonly #replies = new Map<number, (payload: unknown) => void>();
  #nextId = 0;
  #written: string | undefined;

  constructor(
    private readonly frame: Window,
    private readonly events: HostEvents,
  ) {
    this.#parent = readableParent(frame);
    const {port1, port2} = new MessageChannel();
    this.#port = port1;
    this.#port.onmessage = ({data}: MessageEvent<unknown>) => this.#receive(data);
    if (frame.parent !== frame) {
      // The embedding page's origin is not known, and the message says nothing but that this frame listens.
      frame.parent.postMessage('experimental.bootstrap', '*', [port2]);
    }
    this.#watchTheme();
    this.#watchVisibility();
    this.#parent?.addEventListener('hashchange', this.#onHashChange);
    void this.#ask('experimental.GetRuns').then((runs) => this.#tellRuns(runs));
  }

  get theme(): Theme {
    const body = this.#parent?.document.body;
    if (body) {
      return body.classList.contains('dark-mode') ? 'dark' : 'light';
    }
    return this.frame.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }

  /** The view that the address asks for; `null` when it says nothing of one. */
  get linkParams(): Params | null {
    const params = readHash(this.#parent?.location.hash ?? this.frame.location.hash);
    return params.size === 0 ? null : params;
  }

  /** Writes the view into the address, without a new entry in the history. */
  writeLink(params: Params): void {
    const owner = this.#parent ?? this.frame;
    const hash = writeHash(owner.location.hash, params);
    if (hash === null || hash === owner.location.hash) {
      return;
    }
    this.#written = hash;
    owner.history.replaceState(owner.history.state, '', hash);
  }

  /** The address of the whole page with this view. */
  link(params: Params): string {
    const owner = this.#parent ?? this.frame;
    const url = new URL(owner.location.href);
    url.hash = writeHash(`#${PLUGIN}`, params) ?? '';
    return url.href;
  }

  readonly #onHashChange = ({newURL}: HashChangeEvent): void => {
    // Not the address as it is now: this view may have been written over the one that was asked for.
    const {hash} = new URL(newURL);
    if (hash === this.#written || !isOurs(hash)) {
      return;
    }
    this.#written = hash;
    this.events.linkChanged(readHash(hash));
  };

  #watchTheme(): void {
    const tell = (): void => this.events.themeChanged(this.theme);
    const body = this.#parent?.document.body;
    if (body) {
      new MutationObserver(tell).observe(body, {attributes: true, attributeFilter: ['class']});
    } else {
      this.frame.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell);
    }
  }

  /** Lets keys work at once, unless the user is busy in the page around. */
  #takeFocus(): void {
    const busy = this.#parent?.document.activeElement;
    if (
      busy &&
      !/^(input|textarea|select)$/.test(busy.localName) &&
      busy !== this.frame.frameElement
    ) {
      this.frame.focus();
    }
  }

  /** TensorBoard hides the frame of a tab that is left, but keeps it alive. */
  #watchVisibility(): void {
    let isInSight = true;
    const tell = (): void =>
      this.events.visibilityChanged(isInSight && !this.frame.document.hidden);
    this.frame.document.addEventListener('visibilitychange', tell);
    new IntersectionObserver((entries) => {
      isInSight = entries.at(-1)?.isIntersecting ?? true;
      if (isInSight) {
        this.#takeFocus();
      }
      tell();
    }).observe(this.frame.document.documentElement);
  }

  #tellRuns(payload: unknown): void {
    if (Array.isArray(payload)) {
      this.events.runsChanged(payload.filter((run) => typeof run === 'string'));
    }
  }

  #ask(type: string): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#replies.set(id, resolve);
      this.#post({type, id, payload: null, error: null, isReply: false});
    });
  }

  #post(message: Message): void {
    this.#port.postMessage(JSON.stringify(message));
  }

  #receive(data: unknown): void {
    const message = parseMessage(data);
    if (message === null) {
      return;
    }
    const {type, id, payload, isReply} = message;
    if (isReply) {
      this.#replies.get(id)?.(payload);
      this.#replies.delete(id);
      return;
    }
    this.#post({type, id, payload: null, error: null, isReply: true});
    if (type === 'experimental.DataReloaded') {
      this.events.dataReloaded();
    } else if (type === 'experimental.RunsChanged') {
      this.#tellRuns(payload);
    }
  }
}

function parseMessage(data: unknown): Message | null {
  if (typeof data !== 'string') {
    return null;
  }
  try {
    const message = JSON.parse(data) as Partial<Message> | null;
    return typeof message?.type === 'string' && typeof message.id === 'number'
      ? (message as Message)
      : null;
  } catch {
    return null;
  }
}

function readableParent(frame: Window): Window | null {
  if (frame.parent === frame) {
    return null;
  }
  try {
    // Throws when the parent is of another origin.
    return frame.parent.document.body.nodeType === Node.ELEMENT_NODE ? frame.parent : null;
  } catch {
    return null;
  }
}

function isOurs(hash: string): boolean {
  return hash === '' || /^#pairs(&|$)/.test(hash);
}

/** The view's parameters in an address such as `#pairs&p.pairs.step=12`. */
export function readHash(hash: string): Params {
  const params = new Map<string, string>();
  for (const part of hash.replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at < 0 || !part.startsWith(PREFIX)) {
      continue;
    }
    try {
      params.set(part.slice(PREFIX.length, at), decodeURIComponent(part.slice(at + 1)));
    } catch {
      // A percent sign that encodes nothing: that parameter is not ours to guess.
    }
  }
  return params;
}

/** `hash` with the view's parameters in place of those it had; `null` when another tab is shown, whose address it is. */
export function writeHash(hash: string, params: Params): string | null {
  if (!isOurs(hash)) {
    return null;
  }
  const others = hash
    .replace(/^#/, '')
    .split('&')
    .filter((part) => part !== '' && part !== PLUGIN && !part.startsWith(PREFIX));
  const ours = [...params].map(([key, text]) => `${PREFIX}${key}=${encodeURIComponent(text)}`);
  return `#${[PLUGIN, ...others, ...ours].join('&')}`;
}
