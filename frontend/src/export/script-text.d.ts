// SPDX-License-Identifier: Apache-2.0
/** A module as the text of a script that needs no other: see `script-text.mjs`. */

declare module '*?script' {
  const script: string;
  export default script;
}
