import { describe, expect, test } from '@jest/globals';
import type { NearMiss } from '../breaches/planted-breach.js';
import { generate } from '../generate.js';
import type { CompanyParameters } from '../parameters/company-parameters.js';
import { defaultCompany } from '../parameters/default-company.js';
import { randomCompany } from '../parameters/random-company.js';
import { ACCOUNTED_RULES, breachesOf } from './account.js';
import type { Breach } from './breach.js';
import { historyFacts } from './facts/history-facts.js';
import { liveFacts } from './facts/live-facts.js';
import { disciplineSettings } from './settings/discipline-settings.js';

/** Rules that look at changes of values, at what vanished, or at the configuration: nobody who comes at the end can tell. */
const LIVE_ALONE = ['L05', 'L12', 'L13', 'D13', 'F03', 'I05', 'O03', 'O04', 'O05', 'O06'];

interface Judged {
  live: Breach[];
  history: Breach[];
}

function judge(parameters: CompanyParameters): Judged & { company: ReturnType<typeof generate> } {
  const company = generate(parameters);
  const { endAt: until, zone } = parameters;
  const settings = disciplineSettings(parameters);
  return {
    company,
    live: breachesOf(liveFacts(company, until), settings, { until, zone }),
    history: breachesOf(historyFacts(company, until), settings, { until, zone }),
  };
}

const keyOf = ({ ruleId, subject, about }: Pick<Breach, 'ruleId' | 'subject' | 'about'>) =>
  [ruleId, subject, ...(about === null ? [] : [about])].join(' ');
const keysOf = (breaches: Pick<Breach, 'ruleId' | 'subject' | 'about'>[]) => new Set(breaches.map(keyOf));

function missesThatHit(nearMisses: NearMiss[], breaches: Breach[]): string[] {
  return nearMisses
    .filter((miss) =>
      breaches.some(
        (breach) =>
          keyOf(breach) === keyOf(miss) && breach.startAt >= miss.from && breach.startAt <= (miss.to ?? breach.startAt),
      ),
    )
    .map(keyOf);
}

/** Behind an ordinary month and behind the long holidays. */
const anchors = ['2026-11-24T10:00:00+03:00', '2026-01-19T15:00:00+03:00'];

describe.each([
  ...anchors.map(
    (anchor) => [`the default company of ${anchor}`, defaultCompany({ anchorAt: Date.parse(anchor) })] as const,
  ),
  ...Array.from({ length: 10 }, (_, seed) => [`random company ${seed}`, randomCompany(seed)] as const),
])('%s', (_, parameters) => {
  const { company, live, history } = judge(parameters);
  const planted = company.breaches.filter(({ at }) => at <= parameters.endAt);
  const fromHistory = planted.filter(({ visibleFrom }) => visibleFrom === 'history');
  const fromLive = planted.filter(({ visibleFrom }) => visibleFrom === 'live');

  test('every rule is broken on purpose, and just not', () => {
    expect([...new Set(planted.map(({ ruleId }) => ruleId))].sort()).toEqual([...ACCOUNTED_RULES].sort());
    const missed = new Set(company.nearMisses.map(({ ruleId }) => ruleId));
    expect(ACCOUNTED_RULES.filter((rule) => !missed.has(rule))).toEqual([]);
    const shown = new Set(fromHistory.map(({ ruleId }) => ruleId));
    expect(ACCOUNTED_RULES.filter((rule) => !shown.has(rule)).sort()).toEqual([...LIVE_ALONE].sort());
  });

  test('what is planted is in the account of whoever can see it', () => {
    const [seenLive, seenLater] = [keysOf(live), keysOf(history)];
    expect(planted.map(keyOf).filter((key) => !seenLive.has(key))).toEqual([]);
    expect(fromHistory.map(keyOf).filter((key) => !seenLater.has(key))).toEqual([]);
    expect(fromLive.map(keyOf).filter((key) => seenLater.has(key))).toEqual([]);
  });

  test('what just misses a rule is in neither account', () => {
    expect(missesThatHit(company.nearMisses, live)).toEqual([]);
    expect(missesThatHit(company.nearMisses, history)).toEqual([]);
  });
});
