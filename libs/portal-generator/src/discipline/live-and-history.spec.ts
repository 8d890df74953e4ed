import { expect, test } from '@jest/globals';
import { generate } from '../generate.js';
import { randomCompany } from '../parameters/random-company.js';
import type { PortalOperation } from '../script.js';
import { scriptUntil } from '../script-until.js';
import { breachesOf } from './account.js';
import type { Breach } from './breach.js';
import { historyFactsOf } from './facts/history-facts.js';
import { liveFactsOf } from './facts/live-facts.js';
import { disciplineSettings } from './settings/discipline-settings.js';

/** The portal names the last mover alone, and writes the day of the end over the close date. */
const OTHERWISE_SEEN_LATER = ['D03', 'D07', 'D17', 'F02', 'I03'];

const stageFields = ['STAGE_ID', 'STATUS_ID', 'stageId', 'CATEGORY_ID'];
const setsOf = (fields: Record<string, unknown>, names: string[]) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));

/** The script without what leaves no trace: records are made, moved and finished, and nothing else happens to them. */
function* traced(operations: Iterable<PortalOperation>, setUpAt: number): Generator<PortalOperation, void, void> {
  for (const operation of operations) {
    const isConfigured = operation.at > setUpAt && 'entity' in operation && operation.entity === 'status';
    if (isConfigured || operation.op === 'set-product-rows') continue;
    if (operation.op === 'add') yield operation;
    if (operation.op !== 'update') continue;
    const names =
      operation.entity === 'activity' ? ['COMPLETED'] : operation.entity === 'task' ? ['STATUS'] : stageFields;
    const fields = setsOf(operation.fields, names);
    if (Object.keys(fields).length > 0 && operation.entity !== 'status') yield { ...operation, fields };
  }
}

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  'company %i without changes of values and without deletions looks alike live and from the end',
  (seed) => {
    const parameters = randomCompany(seed);
    const { endAt: until, zone, startAt } = parameters;
    const operations = [...traced(scriptUntil(generate(parameters), until), startAt)];
    const account = (facts: typeof liveFactsOf) =>
      breachesOf(facts(operations, { until, zone }), disciplineSettings(parameters), { until, zone }).filter(
        ({ ruleId }) => !OTHERWISE_SEEN_LATER.includes(ruleId),
      );
    const [live, history] = [account(liveFactsOf), account(historyFactsOf)];
    expect(new Set(live.map(({ ruleId }) => ruleId)).size).toBeGreaterThan(45);
    expect(history).toEqual(live);
  },
);

test.each(Array.from({ length: 6 }, (_, seed) => seed))(
  'the account of company %i up to an instant is the beginning of a later one',
  (seed) => {
    const parameters = randomCompany(seed);
    const { endAt, zone } = parameters;
    const company = generate(parameters);
    // An import dates its records back: before it nobody could know of them.
    const operations = [...scriptUntil(company, endAt)].filter(({ by }) => by !== 'import');
    const account = (until: number) =>
      breachesOf(liveFactsOf(operations, { until, zone }), disciplineSettings(parameters), { until, zone });
    const cut = endAt - 9 * 86_400_000 - 12_345_678;
    const told = (breach: Breach) => {
      const { ruleId, subject, about, startAt, opensAt, resolvesAt, voidAt } = breach;
      const ended = (at: number | null) => (at !== null && at <= cut ? at : null);
      return [ruleId, subject, about, startAt, opensAt, ended(resolvesAt), ended(voidAt)].join(' ');
    };
    const later = account(endAt).filter((breach) => breach.opensAt <= cut);
    expect(later.map(told)).toEqual(account(cut).map(told));
  },
);
