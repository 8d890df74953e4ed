import { formatDecimal } from '../format/numbers.js';
import type { Language } from '../i18n/language.js';
import type { AgreementOfPair, CuratorScore, ScorePart } from '../api/schema.js';

/** Parts of a curator's score, in the order in which they are multiplied. */
export const scoreParts = ['sla', 'precision', 'agreement', 'effect'] as const;
export type ScorePartName = (typeof scoreParts)[number];

/** Curators by name: scores are looked at one by one, and make no order. */
export function curatorsByName(
  items: readonly CuratorScore[],
  nameless: string,
  locale: string,
): (CuratorScore & { name: string })[] {
  return items
    .map((item) => ({ ...item, name: item.account.name ?? nameless }))
    .sort((left, right) => left.name.localeCompare(right.name, locale));
}

/** Whether a score says nothing yet: every part of it is neutral. */
export const isUnmeasured = (score: Record<ScorePartName, ScorePart>): boolean =>
  scoreParts.every((part) => score[part].isNeutral);

/** A coefficient between −1 and 1 with two digits; a dash where it is undefined. */
export const coefficientText = (value: number | null | undefined, language: Language): string =>
  value === null || value === undefined ? '—' : formatDecimal(value, 2, language).replace('-', '−');

/** How many verdicts two reviewers gave alike, of how many. */
export const alikeOf = ({ counts }: Pick<AgreementOfPair, 'counts'>): number => counts.bothYes + counts.bothNo;
