import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { curator, verdict } from '../cases/case.spec-fixture.js';
import type { Judgement } from '../cases/case-events.js';
import { type CurationDatabase, curationDatabase, day } from '../judged-portal.spec-fixture.js';
import { CuratedWorld } from './curated-portal.spec-fixture.js';
import { QualityReader } from './quality-reader.js';
import { curatorScore } from './score/curator-score.js';

let database: CurationDatabase;
beforeAll(async () => {
  database = await curationDatabase();
});
afterAll(() => database.close());

const march = { from: new Date(day(1, '00:00')), to: new Date(day(32, '00:00')) };
const later = new Date(day(60));
const always = { lot: 0, share: 0.07 };
const [a, b, c] = [curator('a'), curator('b'), curator('c')];
const feedback = { type: 'RequestFeedback', messageId: 'm', channel: 'task', to: '4' } as const;

async function reviewed(world: CuratedWorld, first: Judgement, second: Judgement, ruleId = 'L01'): Promise<string> {
  const caseId = await world.opens(day(2, '10:00'), { ruleId });
  await world.handles(caseId, day(2, '11:00'), verdict(first), a, always);
  await world.handles(caseId, day(2, '12:00'), { type: 'ReviewBlindly', verdict: second }, b);
  return caseId;
}

const workOf = async (world: CuratedWorld, accountId: string, period = march) => {
  await world.fold();
  const work = await new QualityReader(database.pool).work(world.portal, period, later);
  return work.find((one) => one.accountId === accountId);
};

test('blind reviews are paired with the verdict that stood when they were given', async () => {
  const world = new CuratedWorld(database.pool, 1);
  const caseId = await reviewed(world, 'real', 'false');
  await world.handles(caseId, day(3), verdict('false'), a);
  await reviewed(world, 'acceptable', 'false', 'D01');
  await world.fold();
  const reviews = await new QualityReader(database.pool).doubleReviews(world.portal, march);
  expect(reviews.map(({ caseId: _id, ...review }) => review)).toEqual(
    expect.arrayContaining([
      { ruleId: 'L01', first: { by: 'a', verdict: 'real' }, second: { by: 'b', verdict: 'false' } },
      { ruleId: 'D01', first: { by: 'a', verdict: 'acceptable' }, second: { by: 'b', verdict: 'false' } },
    ]),
  );
  const april = { from: march.to, to: later };
  expect(await new QualityReader(database.pool).doubleReviews(world.portal, april)).toEqual([]);
});

test('a dispute that is decided otherwise overturns a verdict, and is no blind agreement', async () => {
  const world = new CuratedWorld(database.pool, 2);
  const caseId = await world.opens(day(2, '10:00'));
  await world.handles(caseId, day(2, '11:00'), verdict('real'), a);
  await world.happens(caseId, day(3), { type: 'CaseAnswered', data: { answer: 'disagree', by: '4', messageId: null } });
  await world.handles(caseId, day(4), { type: 'DecideDispute', verdict: 'false' }, c);
  expect(await workOf(world, 'a')).toMatchObject({
    verdicts: { n: 1, overturned: 1 },
    doubleReviews: { n: 0, alike: 0 },
  });
  expect(await new QualityReader(database.pool).doubleReviews(world.portal, march)).toEqual([]);
});

test('a verdict borne out by an appeal or a review stands, one taken back does not count', async () => {
  const world = new CuratedWorld(database.pool, 3);
  await reviewed(world, 'real', 'real');
  const contradicted = await reviewed(world, 'false', 'real');
  const undone = await world.opens(day(2, '10:00'));
  await world.handles(undone, day(2, '11:00'), verdict('false'), a);
  await world.handles(undone, day(2, '11:01'), { type: 'WithdrawVerdict' }, a);
  expect(await workOf(world, 'a')).toMatchObject({
    verdicts: { n: 2, overturned: 1 },
    doubleReviews: { n: 2, alike: 1 },
  });
  expect(await workOf(world, 'b')).toMatchObject({ verdicts: { n: 0 }, doubleReviews: { n: 2, alike: 1 } });
  // Whoever changed their mind after the review has the verdict that stands.
  await world.handles(contradicted, day(5), verdict('real'), a);
  expect(await workOf(world, 'a')).toMatchObject({ verdicts: { n: 2, overturned: 0 } });
});

test('deadlines: the first verdict counts, and what waits beyond it with somebody', async () => {
  const world = new CuratedWorld(database.pool, 4);
  const inTime = await world.opens(day(2, '10:00'));
  await world.handles(inTime, day(2, '14:00'), verdict('real'), a);
  await world.handles(inTime, day(9), verdict('false'), a);
  const late = await world.opens(day(2, '10:00'));
  await world.handles(late, day(2, '14:01'), verdict('real'), a);
  const waits = await world.opens(day(2, '10:00'));
  await world.handles(waits, day(2, '10:30'), { type: 'Assign', to: 'a' }, a);
  const nobodys = await world.opens(day(2, '10:00'));
  const shadow = await world.opens(day(2, '10:00'), { mode: 'shadow' });
  for (const caseId of [nobodys, shadow]) expect(caseId).not.toBe('');
  expect(await workOf(world, 'a')).toMatchObject({ deadlines: { n: 3, kept: 1 } });
});

test('effect: the same violation of the same person within 14 days after the feedback', async () => {
  const world = new CuratedWorld(database.pool, 5);
  const people = (id: string) => ({
    ...{ doer: id, owner: id, creator: id, editor: id, responsible: id },
    head: null,
    assignee: null,
  });
  const answered = async (person: string, sentAt: string) => {
    const caseId = await world.opens(day(2, '10:00'), { people: people(person), about: `lead:${person}` });
    await world.handles(caseId, day(2, '11:00'), verdict('real'), a);
    await world.handles(caseId, day(2, '11:01'), feedback, b);
    await world.happens(caseId, sentAt, { type: 'FeedbackSent', data: { messageId: 'm', at: sentAt } });
  };
  for (const person of ['1', '2', '3', '4', '5']) await answered(person, day(3));
  await world.opens(day(16), { people: people('1') });
  await world.opens(day(18), { people: people('2') });
  await world.opens(day(10), { people: people('3'), ruleId: 'L03' });
  await world.opens(day(2, '12:00'), { people: people('4') });
  const dismissed = await world.opens(day(10), { people: people('5') });
  await world.handles(dismissed, day(11), verdict('false'), c);
  // Whoever asked for the feedback answers for it.
  expect(await workOf(world, 'b')).toMatchObject({ feedback: { n: 5, repeated: 1 } });
  expect(await workOf(world, 'a')).toMatchObject({ feedback: { n: 0 } });
  // Before 14 days are over nobody can tell.
  await world.fold();
  const early = await new QualityReader(database.pool).work(world.portal, march, new Date(day(16, '11:00')));
  expect(early.find(({ accountId }) => accountId === 'b')?.feedback).toBeUndefined();
});

test('twice the cases, judged alike, make the same score', async () => {
  const times = async (many: number, bucket: number) => {
    const world = new CuratedWorld(database.pool, bucket);
    for (let count = 0; count < many; count += 1) {
      for (const [first, second] of [
        ['real', 'real'],
        ['real', 'real'],
        ['false', 'false'],
        ['real', 'real'],
        ['real', 'false'],
      ] as const) {
        await reviewed(world, first, second);
      }
      const late = await world.opens(day(2, '10:00'));
      await world.handles(late, day(3), verdict('real'), a);
    }
    const work = await workOf(world, 'a');
    if (!work) throw new Error('There was work');
    return curatorScore(work);
  };
  const [once, twice] = [await times(1, 6), await times(2, 7)];
  expect(once.score).toBeCloseTo((5 / 6) * (5 / 6) * 0.6, 12);
  expect(twice.score).toBeCloseTo(once.score, 12);
  expect([once.precision.n, twice.precision.n]).toEqual([6, 12]);
});

test('folding again, one event at a time, changes nothing', async () => {
  const world = new CuratedWorld(database.pool, 8);
  await reviewed(world, 'real', 'false');
  await world.fold(1);
  const rows = () =>
    database.pool.query('SELECT * FROM read.violation_case WHERE portal_id = $1', [world.portal.portalId]);
  const before = (await rows()).rows;
  expect(before).toMatchObject([{ review_state: 'contradicted' }]);
  await database.pool.query('DELETE FROM log.checkpoint WHERE bucket = 8');
  await world.fold();
  expect((await rows()).rows).toEqual(before);
});
