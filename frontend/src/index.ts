// SPDX-License-Identifier: Apache-2.0

/** Called by TensorBoard once the frame stands. */
export function render(): void {
  document.body.textContent = 'Pairs';
}
