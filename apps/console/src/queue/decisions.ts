import type { Verdict } from '../api/schema.js';

/** The verdicts in the order of their keys. */
export const verdicts = ['real', 'acceptable', 'false', 'need-info'] as const satisfies readonly Verdict[];

/** What else is done with a case, by its key. */
export const deeds = ['snooze', 'assign', 'merge', 'close', 'template', 'feedback'] as const;
export type Deed = (typeof deeds)[number];
