import type { Language } from '@funnelwatch/dashboards';
import type { LinkScope } from '../asking/address.js';
import type { Marks } from '../asking/ask-dashboard.js';
import type { Range } from '../asking/range.js';
import type { Texts } from '../texts.js';

/** What every panel of a page is shown by. */
export interface View {
  language: Language;
  texts: Texts;
  range: Range;
  scope: LinkScope;
  marks: readonly Marks[];
}
