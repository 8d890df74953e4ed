import { expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { generate } from './generate.js';
import { STARTER_RULES } from './breaches/planted-breach.js';
import { defaultCompany } from './parameters/default-company.js';
import { largeCompany } from './parameters/large-company.js';
import type { CompanyParameters } from './parameters/company-parameters.js';
import type { PortalOperation } from './script.js';
import { scriptUntil } from './script-until.js';
import { isValidInn } from './texts/identifiers.js';
import { truthOf } from './truth/truth-keeper.js';

const anchorAt = Date.parse('2026-11-24T10:00:00+03:00');

const company = generate(defaultCompany({ anchorAt }));
/** The history and the first twenty minutes of live activity. */
const script = [...scriptUntil(company, anchorAt + 20 * 60_000)];

function take(operations: Iterable<PortalOperation>, count: number): PortalOperation[] {
  const taken: PortalOperation[] = [];
  for (const operation of operations) {
    taken.push(operation);
    if (taken.length === count) break;
  }
  return taken;
}

function firstMonthOf(parameters: CompanyParameters, operations: Iterable<PortalOperation>) {
  const question = { asOf: new Date(anchorAt + 20 * 60_000), zone: parameters.zone, horizonsDays: [null] };
  const month = DateTime.fromMillis(parameters.startAt, { zone: parameters.zone }).toFormat('yyyy-MM');
  return truthOf(operations, question).pipelines['deal:0']?.sellers['all']?.flow[month];
}

test('the first month is the worked example, whatever the seed and the anchor, and live activity keeps it so', () => {
  const other = defaultCompany({ anchorAt: Date.parse('2026-10-01T00:00:00+03:00'), seed: 7 });
  for (const flow of [
    firstMonthOf(company.parameters, script),
    firstMonthOf(other, scriptUntil(generate(other), other.endAt)),
  ]) {
    expect(flow?.entries).toMatchObject({ NEW: 250, PREPARATION: 75, PREPAYMENT_INVOICE: 60, WON: 12 });
    expect(flow).toMatchObject({ won: 12, wonAmountKopecks: 48_000_000n, created: 250 });
  }
});

test('the same parameters give the same script, and history may be read twice', () => {
  const again = generate(defaultCompany({ anchorAt }));
  expect(again.setup).toEqual(company.setup);
  const untilEnd = script.filter((operation) => operation.at <= anchorAt).slice(company.setup.length);
  const text = JSON.stringify(untilEnd);
  expect(text.length).toBeGreaterThan(1_000_000);
  expect(JSON.stringify([...again.history]) === text).toBe(true);
  expect([...again.history].length).toBe(untilEnd.length);
  const other = generate(defaultCompany({ anchorAt, seed: 2 }));
  expect(take(other.history, 500)).not.toEqual(untilEnd.slice(0, 500));
});

test('live activity is the same whenever it is asked for, and something happens every few seconds', () => {
  const all = take(company.live(anchorAt), 400);
  const laterMs = (all[200]?.at ?? 0) - 1;
  const restarted = take(generate(defaultCompany({ anchorAt })).live(laterMs), 100);
  expect(restarted).toEqual(all.filter((operation) => operation.at > laterMs).slice(0, 100));
  const times = all.map((operation) => operation.at);
  const pauses = times.slice(1).map((time, place) => time - (times[place] ?? 0));
  expect(times[0]).toBeGreaterThan(anchorAt);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(6000);
});

test('operations are in time order, in whole seconds, and ids grow and never collide', () => {
  const lastIds = new Map<string, number>();
  let lastAt = company.parameters.startAt;
  for (const operation of script) {
    if (operation.at < lastAt || operation.at % 1000 !== 0) throw new Error(`out of order at ${operation.at}`);
    lastAt = operation.at;
    if (operation.op !== 'add' || !/^\d+$/.test(operation.id) || operation.entity === 'category') continue;
    const last = lastIds.get(operation.entity) ?? 0;
    if (Number(operation.id) <= last) throw new Error(`${operation.entity} ${operation.id} comes after ${last}`);
    lastIds.set(operation.entity, Number(operation.id));
  }
  expect(Object.fromEntries(lastIds)).toMatchObject({ department: 2 });
  expect(company.setup.filter((operation) => operation.op === 'add' && operation.entity === 'user')).toHaveLength(6);
});

test('every rule of the starter pack is broken on purpose, and what is said to be visible is there', () => {
  const visible = company.breaches.filter((breach) => breach.visibleFrom === 'history');
  const rules = new Set(visible.map((breach) => breach.ruleId));
  expect(STARTER_RULES.filter((rule) => !rules.has(rule))).toEqual([]);
  const present = new Set<string>();
  for (const operation of script) {
    if (operation.op === 'add') present.add(`${operation.entity}:${operation.id}`);
    if (operation.op === 'delete') present.delete(`${operation.entity}:${operation.id}`);
    if (operation.op === 'merge') for (const loser of operation.losers) present.delete(`${operation.entity}:${loser}`);
  }
  // The portal and its channels are no records.
  const isRecord = (key: string) => !key.startsWith('portal:') && !key.startsWith('channel:');
  const missing = visible.filter(({ subject, about }) =>
    [subject, about ?? subject].some((key) => isRecord(key) && !present.has(key.replace('employee', 'user'))),
  );
  expect(missing).toEqual([]);
});

test('breaches go on in the first minutes of live activity', () => {
  const live = company.breaches.filter((breach) => breach.at > anchorAt);
  expect(new Set(live.map((breach) => breach.ruleId))).toEqual(new Set(['D01', 'D05', 'D08', 'K05']));
});

test('tax numbers are valid but for the one that is planted', () => {
  const inns: string[] = [];
  for (const operation of script) {
    if (operation.op === 'add' && operation.entity === 'requisite') inns.push(String(operation.fields['RQ_INN']));
  }
  expect(inns.length).toBeGreaterThan(100);
  expect(new Set(inns.filter((inn) => !isValidInn(inn)))).toEqual(new Set(['7707083894']));
  expect(isValidInn('7707083893')).toBe(true);
  expect(isValidInn('500100732259')).toBe(true);
  expect(isValidInn('7707083894')).toBe(false);
});

test('a large company has about as many deals as asked for', () => {
  let deals = 0;
  for (const operation of generate(largeCompany({ deals: 3000, anchorAt })).history) {
    if (operation.op === 'add' && operation.entity === 'deal') deals += 1;
  }
  expect(Math.abs(deals - 3000)).toBeLessThan(150);
});
