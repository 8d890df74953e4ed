import { say } from '../authoring/language.js';
import type { Mapping } from '../authoring/value-mappings.js';

/** How something stands, as `standingSql` says it. */
export const standings = (): Mapping => ({
  0: { text: say('well', 'в порядке'), color: 'green' },
  1: { text: say('look', 'внимание'), color: 'orange' },
  2: { text: say('act', 'критично'), color: 'red' },
});
