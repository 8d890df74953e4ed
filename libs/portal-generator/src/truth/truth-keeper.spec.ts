import { expect, test } from '@jest/globals';
import { at, SmallScript } from './small-script.spec-fixture.js';
import type { PipelineTruth, SellerTruth, Truth } from './truth.js';
import { truthOf } from './truth-keeper.js';

function truth(script: SmallScript, day = 60): Truth {
  return truthOf(script.operations, { asOf: new Date(at(day)), zone: 'Europe/Moscow', horizonsDays: [null, 7] });
}

function pipeline(script: SmallScript, id = 'deal:0', day = 60): PipelineTruth {
  const found = truth(script, day).pipelines[id];
  if (!found) throw new Error(`no ${id}`);
  return found;
}

function everyone(script: SmallScript, id = 'deal:0', day = 60): SellerTruth {
  const all = pipeline(script, id, day).sellers['all'];
  if (!all) throw new Error('no seller "all"');
  return all;
}

const cell = (seller: SellerTruth, definition: 'reached' | 'strict' | 'touched', step: string, horizon = 'none') =>
  seller.cohorts['2026-09']?.[definition][horizon]?.[step];

const counted = (population: number, converted: number) => ({ population, converted, immature: 0, censored: 0 });

test('created in the middle: the first stage is reached, but never entered', () => {
  const all = everyone(new SmallScript().add(1, '1', { STAGE_ID: 'OFFER' }).move(2, '1', 'WON'));
  expect(all.flow['2026-09']?.entries).toMatchObject({ NEW: 0, MEET: 0, OFFER: 1, WON: 1 });
  expect(all.flow['2026-09']?.created).toBe(1);
  expect(cell(all, 'reached', 'NEW>MEET')).toEqual(counted(1, 1));
  expect(cell(all, 'strict', 'NEW>MEET')).toEqual(counted(0, 0));
  expect(all.chain['2026-09']?.['none']?.reached).toEqual({ NEW: 1, MEET: 1, OFFER: 1, WON: 1 });
});

test('created already won: every step is converted at once', () => {
  const all = everyone(new SmallScript().add(1, '1', { STAGE_ID: 'WON' }));
  expect(all.flow['2026-09']).toMatchObject({ won: 1, wonAmountKopecks: 10000n, created: 1 });
  expect(cell(all, 'reached', 'NEW>WON', '7')).toEqual(counted(1, 1));
});

test('skip: reached sees it, strict does not, touched sees both ends', () => {
  const all = everyone(new SmallScript().add(1, '1').move(2, '1', 'OFFER').move(3, '1', 'WON'));
  expect(cell(all, 'reached', 'NEW>MEET')).toEqual(counted(1, 1));
  expect(cell(all, 'strict', 'NEW>MEET')).toEqual(counted(1, 0));
  expect(cell(all, 'strict', 'NEW>WON')).toEqual(counted(1, 0));
  expect(cell(all, 'touched', 'NEW>WON')).toEqual(counted(1, 1));
  expect(all.transitions['2026-09']?.['NEW']).toEqual({ OFFER: 1 });
});

test('roll-back then win: what was reached stays reached, the roll-back is counted', () => {
  const script = new SmallScript().add(1, '1').move(2, '1', 'OFFER').move(3, '1', 'NEW').move(4, '1', 'MEET');
  const all = everyone(script.move(5, '1', 'OFFER').move(6, '1', 'WON'));
  expect(all.flow['2026-09']).toMatchObject({ rollbacks: 1, reopened: 0, won: 1, visits: { NEW: 2, OFFER: 2 } });
  expect(cell(all, 'strict', 'NEW>WON')).toEqual(counted(1, 1));
  expect(cell(all, 'strict', 'MEET>OFFER')).toEqual(counted(1, 1));
  expect(cell(all, 'reached', 'NEW>WON')).toEqual(counted(1, 1));
});

test('touched counts an entry before the start as well', () => {
  const all = everyone(new SmallScript().add(1, '1', { STAGE_ID: 'OFFER' }).move(2, '1', 'MEET'));
  expect(cell(all, 'touched', 'MEET>OFFER')).toEqual(counted(1, 1));
  expect(cell(all, 'strict', 'MEET>OFFER')).toEqual(counted(1, 0));
});

test('lost then reopened: lost no more, the win counts in the month of its last entry', () => {
  const script = new SmallScript().add(1, '1').move(2, '1', 'LOSE').move(3, '1', 'MEET').move(33, '1', 'WON');
  const all = everyone(script);
  expect(all.flow['2026-09']).toMatchObject({ lost: 0, reopened: 1, rollbacks: 0, won: 0, entries: { LOSE: 1 } });
  expect(all.flow['2026-10']).toMatchObject({ won: 1, lost: 0 });
  expect(cell(all, 'reached', 'NEW>WON', '7')).toEqual(counted(1, 0));
});

test('a move back out of the won stage is a roll-back and a reopening', () => {
  const all = everyone(new SmallScript().add(1, '1', { STAGE_ID: 'WON' }).move(2, '1', 'MEET'));
  expect(all.flow['2026-09']).toMatchObject({ won: 0, rollbacks: 1, reopened: 1 });
});

test('pipeline change: censored in the first pipeline, not lost', () => {
  const script = new SmallScript().add(1, '1').move(2, '1', 'MEET');
  script.update(3, '1', { CATEGORY_ID: '5', STAGE_ID: 'C5:WON' }, 'item');
  const first = everyone(script);
  expect(first.flow['2026-09']).toMatchObject({ left: 1, lost: 0, won: 0 });
  expect(first.now).toMatchObject({ NEW: { count: 0 }, MEET: { count: 0 } });
  expect(cell(first, 'reached', 'NEW>MEET', '7')).toEqual({ population: 0, converted: 0, immature: 1, censored: 1 });
  expect(cell(first, 'reached', 'NEW>MEET')).toEqual(counted(1, 1));
  expect(first.transitions['2026-09']?.['MEET']).toEqual({ left: 1 });
  expect(everyone(script, 'deal:5').flow['2026-09']).toMatchObject({ created: 1, won: 1, wonAmountKopecks: 10000n });
});

test('coming back to a pipeline lifts the censoring', () => {
  const script = new SmallScript().add(1, '1').update(3, '1', { CATEGORY_ID: '5', STAGE_ID: 'C5:NEW' }, 'item');
  script.update(4, '1', { CATEGORY_ID: '0', STAGE_ID: 'OFFER' }, 'item');
  expect(cell(everyone(script), 'reached', 'NEW>MEET', '7')).toEqual(counted(1, 1));
});

test('a deleted deal leaves every figure and is counted apart, for an earlier moment too', () => {
  const script = new SmallScript().add(1, '1').move(2, '1', 'WON').add(1, '2');
  script.other({ op: 'delete', at: at(9), by: '3', entity: 'deal', id: '1' });
  const early = pipeline(script, 'deal:0', 5);
  expect(early.deletedCount).toBe(1);
  expect(early.sellers['all']?.flow['2026-09']).toMatchObject({ won: 0, created: 1 });
});

test('merged: one survivor', () => {
  const script = new SmallScript().add(1, '1').add(2, '2').move(3, '2', 'WON');
  script.other({ op: 'merge', at: at(4), by: '3', entity: 'deal', id: '1', losers: ['2'] });
  const merged = pipeline(script);
  expect(merged).toMatchObject({ mergedCount: 1, deletedCount: 0 });
  expect(merged.sellers['all']?.flow['2026-09']).toMatchObject({ created: 1, won: 0 });
});

test('stage renamed and reordered: ids stay, the order is the latest', () => {
  const script = new SmallScript().add(1, '1').move(2, '1', 'OFFER').move(3, '1', 'MEET');
  const status = { op: 'update', at: at(5), by: '1', entity: 'status', way: 'classic' } as const;
  script.other({ ...status, id: '2', fields: { NAME: 'Встреча', SORT: '35' } });
  const found = pipeline(script);
  expect(found.stages.map((stage) => stage.id)).toEqual(['NEW', 'OFFER', 'MEET', 'WON', 'LOSE']);
  expect(found.steps).toEqual(['NEW>OFFER', 'OFFER>MEET', 'MEET>WON', 'NEW>WON']);
  expect(found.sellers['all']?.flow['2026-09']?.rollbacks).toBe(0);
});

test('a removed stage keeps its place while a deal that counts ever stood in it, and is gone otherwise', () => {
  const script = new SmallScript().add(1, '1').move(2, '1', 'MEET').move(3, '1', 'OFFER');
  script.other({ op: 'delete', at: at(5), by: '1', entity: 'status', id: '2' });
  const used = pipeline(script).stages;
  expect(used.map(({ id, removed }) => [id, removed]).slice(0, 3)).toEqual([['NEW', false], ['MEET', true], ['OFFER', false]]); // prettier-ignore
  script.other({ op: 'delete', at: at(6), by: '3', entity: 'deal', id: '1' });
  expect(pipeline(script).stages.map((stage) => stage.id)).toEqual(['NEW', 'OFFER', 'WON', 'LOSE']);
});

test('two moves in one second keep their order', () => {
  const script = new SmallScript().add(1, '1').move(2, '1', 'MEET').move(2, '1', 'OFFER').move(2, '1', 'WON');
  const all = everyone(script);
  expect(cell(all, 'strict', 'NEW>WON')).toEqual(counted(1, 1));
  expect(all.now['WON']?.count).toBe(1);
  expect(all.transitions['2026-09']).toEqual({ NEW: { MEET: 1 }, MEET: { OFFER: 1 }, OFFER: { WON: 1 } });
});

test('a stage of another pipeline and a category in a classic update are ignored', () => {
  const script = new SmallScript().add(1, '1').move(2, '1', 'C5:WON').update(3, '1', { CATEGORY_ID: '5' });
  expect(everyone(script).now['NEW']?.count).toBe(1);
});

test('an imported row stands in its stage since its move, or since its creation', () => {
  const dated = { DATE_CREATE: '2026-07-05T10:00:00Z', ASSIGNED_BY_ID: null, STAGE_ID: 'WON' };
  const script = new SmallScript().add(9, '1', { ...dated, MOVED_TIME: '2026-08-02T10:00:00Z' }, 'import');
  script.add(9, '2', { ...dated, MOVED_TIME: null }, 'import');
  const found = pipeline(script);
  expect(found.sellers['unknown']?.flow['2026-07']?.won).toBe(1);
  expect(found.sellers['unknown']?.flow['2026-08']?.won).toBe(1);
  expect(truth(script).months).toEqual(['2026-07', '2026-08', '2026-09', '2026-10']);
});

test('seller and amount are those at the moment asked about; other currencies stand apart', () => {
  const script = new SmallScript().add(1, '1').add(1, '2', { CURRENCY_ID: 'USD', OPPORTUNITY: '7.50' });
  script.update(9, '1', { ASSIGNED_BY_ID: '4', OPPORTUNITY: '250.00' });
  const [early, late] = [pipeline(script, 'deal:0', 8), pipeline(script, 'deal:0', 9)];
  expect(early.sellers['3']?.now['NEW']).toEqual({ count: 2, amountKopecks: 10000n, otherKopecks: { USD: 750n } });
  expect(late.sellers['3']?.now['NEW']).toEqual({ count: 1, amountKopecks: 0n, otherKopecks: { USD: 750n } });
  expect(late.sellers['4']?.now['NEW']).toEqual({ count: 1, amountKopecks: 25000n, otherKopecks: {} });
});

test('months are those of the zone, and a horizon is whole days to the second', () => {
  const script = new SmallScript().add(29.9, '1').move(30, '1', 'MEET').add(1, '2').move(8, '2', 'MEET');
  script.add(1, '3').move(8.0001, '3', 'MEET');
  const all = everyone(script);
  expect(all.flow['2026-10']?.entries['MEET']).toBe(1);
  expect(cell(all, 'reached', 'NEW>MEET', '7')).toEqual(counted(3, 2));
  expect(cell(everyone(script, 'deal:0', 8), 'reached', 'NEW>MEET', '7')).toEqual(counted(2, 1));
  expect(cell(everyone(script, 'deal:0', 7.99), 'reached', 'NEW>MEET', '7')).toMatchObject({
    population: 0,
    immature: 2,
  });
});
