// SPDX-License-Identifier: Apache-2.0
/** Styles of `pairs-compare`. */
import {css} from 'lit';

export const styles = css`
  .fade {
    display: grid;
    gap: 4px;
    margin-top: 8px;
  }
`;
