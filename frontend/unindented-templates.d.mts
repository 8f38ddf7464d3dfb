// SPDX-License-Identifier: Apache-2.0
import type {Plugin} from 'rolldown';

export const unindentedTemplates: Plugin;
