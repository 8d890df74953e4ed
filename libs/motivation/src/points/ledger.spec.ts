import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  appeared,
  at,
  changed,
  deleted,
  type Fact,
  ledgerOf,
  moved,
  sumsOf,
  withdrawn,
} from './ledger-world.spec-fixture.js';

const deal = 'deal:12';
const made = appeared(deal, at(2, 9), { ownerId: '1', amountKopecks: '4000000', currency: 'RUB' });
const begun = [made, moved(deal, at(2, 9), 'NEW')];
const lines = (facts: Fact[]) =>
  ledgerOf(facts).entries.map(({ measure, doer, actions, kopecks }) => [measure, doer, actions, kopecks].join(' '));

test('a stage is credited once, to whoever moved the card', () => {
  const meeting = moved(deal, at(3, 9), 'MEETING', 'user:7');
  expect(lines([...begun, meeting, moved(deal, at(4, 9), 'PROPOSAL'), moved(deal, at(5, 9), 'PROPOSAL')])).toEqual([
    'stage:deal:0:NEW 1 1 ',
    'stage:deal:0:MEETING 7 1 ',
    'stage:deal:0:PROPOSAL 1 1 ',
  ]);
});

test('a robot’s move is the owner’s, as of then', () => {
  const owners = [changed(deal, at(3, 8), { ownerId: '2' }), moved(deal, at(3, 9), 'MEETING', 'unknown')];
  expect(lines([...begun, ...owners, changed(deal, at(4, 9), { ownerId: '3' })]).at(-1)).toBe(
    'stage:deal:0:MEETING 2 1 ',
  );
});

test('moved back, a card loses the stages behind, and gains them again on its way', () => {
  const back = [
    moved(deal, at(3, 9), 'PROPOSAL'),
    moved(deal, at(3, 10), 'NEW'),
    moved(deal, at(4, 9), 'PROPOSAL', 'user:2'),
  ];
  expect(lines([...begun, ...back])).toEqual([
    'stage:deal:0:NEW 1 1 ',
    'stage:deal:0:PROPOSAL 1 1 ',
    'stage:deal:0:PROPOSAL 1 -1 ',
    'stage:deal:0:PROPOSAL 2 1 ',
  ]);
});

const won = moved(deal, at(5, 9), 'WON');

test('a lost card keeps what it reached; won and then lost takes the sale back', () => {
  expect(lines([...begun, won, moved(deal, at(6, 9), 'LOSE')]).slice(1)).toEqual([
    'stage:deal:0:WON 1 1 ',
    'won:deal:0 1 1 4000000',
    'won:deal:0 1 -1 -4000000',
  ]);
});

test('an amount that is changed after the sale is told as a difference, an owner after it changes nothing', () => {
  const later = [changed(deal, at(6, 9), { amountKopecks: '4500000' }), changed(deal, at(7, 9), { ownerId: '9' })];
  expect(lines([...begun, won, ...later]).slice(3)).toEqual(['won:deal:0 1 0 500000']);
});

test('an invoice is paid for its deal, and a refund takes it back', () => {
  const invoice = 'invoice:3';
  const paid = [
    appeared(invoice, at(2, 9), { ownerId: '1', amountKopecks: '100', currency: 'RUB', dealId: '12' }),
    moved(invoice, at(3, 9), 'N'),
    moved(invoice, at(4, 9), 'PAID', 'user:5'),
  ];
  expect(lines([...paid, moved(invoice, at(5, 9), 'LOSE')])).toEqual(['paid 1 1 100', 'paid 1 -1 -100']);
  expect(ledgerOf(paid).standing.map(({ about }) => about)).toEqual(['deal:12']);
});

test.each([
  ['deleted', deleted(deal, at(9, 9))],
  ['merged into another', { ...deleted(deal, at(9, 9)), type: 'DealMerged' }],
])('a card that is %s leaves nothing', (_how, gone) => {
  expect(sumsOf(ledgerOf([...begun, won, gone]).entries)).toEqual({});
});

const activity = (fields: Record<string, string | boolean>, id = 'activity:5') =>
  appeared(id, at(2, 9), {
    ownerKind: 'deal',
    ownerObjectId: '12',
    responsibleId: '4',
    direction: 'none',
    completed: false,
    ...fields,
  });

test('a meeting counts when it is held, not while it is planned, and no more when it is reopened', () => {
  const planned = activity({ activityType: '1' });
  const held = changed('activity:5', at(3, 15), { completed: true });
  expect(lines([planned])).toEqual([]);
  expect(lines([planned, held])).toEqual(['activity:meeting:none 4 1 ']);
  expect(lines([planned, held, changed('activity:5', at(4, 9), { completed: false })]).at(-1)).toBe(
    'activity:meeting:none 4 -1 ',
  );
  expect(lines([planned, changed('activity:5', at(3, 15), { completed: true, status: '3' })])).toEqual([]);
});

test.each([
  [{ activityType: '4', direction: 'outgoing' }, ['activity:letter:outgoing 4 1 ']],
  [{ activityType: '6', direction: 'outgoing', providerId: 'IMOPENLINES' }, ['activity:message:outgoing 4 1 ']],
  [{ activityType: '6', completed: true, providerId: 'CRM_TODO' }, ['activity:to-do:none 4 1 ']],
  [{ activityType: '6', completed: true, providerId: 'CRM_TASKS_TASK' }, []],
  [{ activityType: '3', completed: true }, []],
])('%j', (fields, expected) => {
  expect(lines([activity(fields)])).toEqual(expected);
});

test.each([
  [{ direction: 'outgoing', failedCode: '200', durationSeconds: 10 }, ['call:outgoing 4 1 ']],
  [{ direction: 'call-back', failedCode: '200', durationSeconds: 60 }, ['call:outgoing 4 1 ']],
  [{ direction: 'incoming', failedCode: '200', durationSeconds: 60 }, ['call:incoming 4 1 ']],
  [{ direction: 'outgoing', failedCode: '304', durationSeconds: 60 }, []],
  [{ direction: 'outgoing', failedCode: '200', durationSeconds: 9 }, []],
  [{ direction: 'informational', failedCode: '200', durationSeconds: 60 }, []],
])('a call of %j', (fields, expected) => {
  expect(lines([appeared('call:9', at(2, 9), { userId: '4', crmKind: 'deal', crmObjectId: '12', ...fields })])).toEqual(
    expected,
  );
});

const stage = fc.constantFrom('NEW', 'MEETING', 'PROPOSAL', 'WON', 'LOSE');
const fact = fc
  .tuple(
    fc.integer({ min: 3, max: 28 }),
    fc.integer({ min: 0, max: 23 }),
    stage,
    fc.constantFrom('user:1', 'user:2', 'unknown'),
  )
  .map(([day, hour, stageId, by]) => moved(deal, at(day, hour), stageId, by));
const history = fc.uniqueArray(fact, { maxLength: 12, selector: ({ occurredAt }) => occurredAt });

test('whatever order facts become known in, the same credits stand', () => {
  fc.assert(
    fc.property(
      history.chain((moves) => fc.tuple(fc.constant(moves), fc.shuffledSubarray(moves, { minLength: moves.length }))),
      ([moves, shuffled]) => {
        const inTime = [...moves].sort((one, other) => (one.occurredAt < other.occurredAt ? -1 : 1));
        const [told, late] = [inTime, shuffled].map((order) => ledgerOf([...begun, ...order]));
        expect(late!.standing).toEqual(told!.standing);
        expect(sumsOf(late!.entries)).toEqual(sumsOf(told!.entries));
      },
    ),
  );
});

test('the lines of the ledger add up to what stands', () => {
  fc.assert(
    fc.property(history, (moves) => {
      const { entries, standing } = ledgerOf([...begun, ...moves]);
      expect(sumsOf(entries)).toEqual(sumsOf(standing.map((credit) => ({ ...credit, actions: 1 as const }))));
    }),
  );
});

test('a move that is withdrawn leaves the ledger as if it had never been', () => {
  fc.assert(
    fc.property(history, fact, (moves, wrong) => {
      fc.pre(moves.every(({ occurredAt }) => occurredAt !== wrong.occurredAt));
      const without = ledgerOf([...begun, ...moves]);
      const mended = ledgerOf([...begun, ...moves, wrong, withdrawn(wrong)]);
      expect(mended.standing).toEqual(without.standing);
      expect(sumsOf(mended.entries)).toEqual(sumsOf(without.entries));
    }),
  );
});
