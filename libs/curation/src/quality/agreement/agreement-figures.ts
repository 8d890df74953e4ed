import { type Agreement, agreementOf, type PairedVerdicts, tooFew } from '@funnelwatch/statistics';
import type { Verdict } from '../../cases/case-events.js';
import { isBreach } from '../../cases/case-state.js';

/** A case that two people judged without knowing of each other. */
export interface DoubleReview {
  caseId: string;
  ruleId: string;
  first: { by: string; verdict: Verdict };
  second: { by: string; verdict: Verdict };
}

/** How far two sides agree: counts, and what follows from them unless there are too few. Yes: the rule was broken. */
export interface AgreementFigure {
  n: number;
  counts: PairedVerdicts;
  agreement: Agreement | null;
}

/** How much more often somebody says yes than the others on the same cases, from −1 to 1; null for too few. */
interface Drift {
  accountId: string;
  n: number;
  drift: number | null;
}

export interface AgreementFigures {
  overall: AgreementFigure;
  byRule: (AgreementFigure & { ruleId: string })[];
  /** The first of a pair is the one whose id comes first. */
  byPair: (AgreementFigure & { first: string; second: string })[];
  drift: Drift[];
}

const noCounts = (): PairedVerdicts => ({ bothYes: 0, onlyFirst: 0, onlySecond: 0, bothNo: 0 });

function count(counts: PairedVerdicts, isFirstYes: boolean, isSecondYes: boolean): void {
  if (isFirstYes) counts[isSecondYes ? 'bothYes' : 'onlyFirst'] += 1;
  else counts[isSecondYes ? 'onlySecond' : 'bothNo'] += 1;
}

function figureOf(counts: PairedVerdicts): AgreementFigure {
  const n = counts.bothYes + counts.onlyFirst + counts.onlySecond + counts.bothNo;
  return { n, counts, agreement: tooFew(n) ? null : agreementOf(counts) };
}

/** Agreement overall, by rule and by pair, and who says yes more often than others. Who only asked for more is left out. */
export function agreementFigures(told: readonly DoubleReview[]): AgreementFigures {
  const reviews = told.filter(({ first, second }) => first.verdict !== 'need-info' && second.verdict !== 'need-info');
  const overall = noCounts();
  const rules = new Map<string, PairedVerdicts>();
  const pairs = new Map<string, { first: string; second: string; counts: PairedVerdicts }>();
  const people = new Map<string, { n: number; more: number }>();
  for (const { ruleId, first, second } of reviews) {
    const [isFirstYes, isSecondYes] = [isBreach(first.verdict), isBreach(second.verdict)];
    count(overall, isFirstYes, isSecondYes);
    const ofRule = rules.get(ruleId) ?? noCounts();
    count(ofRule, isFirstYes, isSecondYes);
    rules.set(ruleId, ofRule);
    const isInOrder = first.by < second.by;
    const [one, other] = isInOrder ? [first.by, second.by] : [second.by, first.by];
    const pair = pairs.get(`${one} ${other}`) ?? { first: one, second: other, counts: noCounts() };
    count(pair.counts, isInOrder ? isFirstYes : isSecondYes, isInOrder ? isSecondYes : isFirstYes);
    pairs.set(`${one} ${other}`, pair);
    const difference = Number(isFirstYes) - Number(isSecondYes);
    for (const [by, more] of [
      [first.by, difference],
      [second.by, -difference],
    ] as const) {
      const person = people.get(by) ?? { n: 0, more: 0 };
      people.set(by, { n: person.n + 1, more: person.more + more });
    }
  }
  return {
    overall: figureOf(overall),
    byRule: sorted(rules).map(([ruleId, counts]) => ({ ruleId, ...figureOf(counts) })),
    byPair: sorted(pairs).map(([, { first, second, counts }]) => ({ first, second, ...figureOf(counts) })),
    drift: sorted(people).map(([accountId, { n, more }]) => ({ accountId, n, drift: tooFew(n) ? null : more / n })),
  };
}

const sorted = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([left], [right]) => (left < right ? -1 : 1));
