import { expect } from '@jest/globals';
import {
  ACCOUNTED_RULES,
  breachesOf,
  disciplineSettings,
  type GeneratedCompany,
  historyFacts,
  liveFacts,
  type PlantedBreach,
} from '@funnelwatch/portal-generator';
import { type Case, differences, printed } from './compare.js';
import { WATCHED_ON_MS } from './capture-live.js';
import { enabledRules, type Engine } from './engine.js';

/** `live`: captured while it happened. `history`: captured at the end. */
export type Mode = 'live' | 'history';

/**
 * Fails unless the engine's cases of every rule are those of the company's own account up to the rule clock: none missed,
 * none invented, all with the same times and items; and unless what was planted and is visible in this mode is among
 * them. Returns the cases.
 */
export async function expectCasesOfTheAccount(
  engine: Engine,
  company: GeneratedCompany,
  mode: Mode,
): Promise<readonly Case[]> {
  expect([...enabledRules].sort()).toEqual([...ACCOUNTED_RULES].sort());
  expect((await engine.judgedRules()).sort()).toEqual([...ACCOUNTED_RULES].sort());
  const { parameters } = company;
  const until = await engine.clockMs();
  // A call that was under way when the clock stopped was written down, and captured, after it.
  const writtenUntil = parameters.endAt + WATCHED_ON_MS;
  const facts = mode === 'live' ? liveFacts(company, until, { writtenUntil }) : historyFacts(company, until);
  const account = breachesOf(facts, disciplineSettings(parameters), { until, zone: parameters.zone });
  const cases = await engine.cases();
  const found = differences(account, cases);
  if (found.length > 0) throw new Error(printed(found, await engine.bench.captured(engine.portal)));
  expect(cases.length).toBe(account.length);
  expect(unseen(company.breaches, cases, mode, parameters.endAt)).toEqual([]);
  noteFigures(cases, mode);
  return cases;
}

const keyOf = ({ ruleId, subject, about }: Pick<Case, 'ruleId' | 'subject' | 'about'>): string =>
  [ruleId, subject, about ?? subject].join(' ');

function unseen(planted: readonly PlantedBreach[], cases: readonly Case[], mode: Mode, endAt: number): string[] {
  const seen = new Set(cases.map(keyOf));
  return planted
    .filter(({ at, visibleFrom }) => at <= endAt && (mode === 'live' || visibleFrom === 'history'))
    .map(keyOf)
    .filter((key) => !seen.has(key));
}

const figures: Record<Mode, Map<string, number>> = { live: new Map(), history: new Map() };

function noteFigures(cases: readonly Case[], mode: Mode): void {
  for (const { ruleId } of cases) figures[mode].set(ruleId, (figures[mode].get(ruleId) ?? 0) + 1);
}

/** How many cases of each rule were equal so far, for a person: `A01 31, A02 44, …`. */
export function figuresOf(mode: Mode): string {
  return [...ACCOUNTED_RULES].map((ruleId) => `${ruleId} ${figures[mode].get(ruleId) ?? 0}`).join(', ');
}
