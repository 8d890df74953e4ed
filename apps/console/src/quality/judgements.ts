import type { GoldReason, Judgement } from '../api/schema.js';

/** Verdicts that decide, in the order of their keys. */
export const judgements = ['real', 'acceptable', 'false'] as const satisfies readonly Judgement[];

/** Why a case is exemplary. */
export const goldReasons = [
  'clear-breach',
  'agreed-exception',
  'wrong-data',
  'rule-errs',
  'borderline',
] as const satisfies readonly GoldReason[];

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The id of a case from an address of the queue, or an id alone; null where there is none. */
export function caseIdIn(text: string): string | null {
  const wanted = /[?&]case=([^&]+)/.exec(text)?.[1] ?? text;
  return wanted.toLowerCase().match(UUID)?.at(-1) ?? null;
}
