// SPDX-License-Identifier: Apache-2.0
/** Makes the elements of an exported page. Names and captions are data, so they are only ever text. */

type Attributes = Readonly<Record<string, string>>;

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** `name` is what it is called where `text` is a sign only, `key` the key that does the same. */
export function makeButton(
  text: string,
  name: string,
  key: string,
  onClick: () => void,
): HTMLButtonElement {
  const title = `${name} (${key})`;
  const button = make('button', {type: 'button', 'aria-label': name, title}, text);
  button.addEventListener('click', onClick);
  return button;
}

export function makeSlider(label: string, max: number, onInput: (value: number) => void) {
  const slider = make('input', {type: 'range', min: '0', max: String(max), 'aria-label': label});
  slider.addEventListener('input', () => onInput(slider.valueAsNumber));
  return slider;
}
