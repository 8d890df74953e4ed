import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CurationDatabase, curationDatabase, day, JudgedWorld } from '../judged-portal.spec-fixture.js';

let database: CurationDatabase;
beforeAll(async () => {
  database = await curationDatabase();
});
afterAll(() => database.close());

let bucket = 0;
const words = { ru: 'слова', en: 'words' };
const rule = {
  ...{ id: 'OWN1', version: 1, kind: 'state', on: ['lead'], severity: 'S2', feedbackTo: ['owner'] },
  ...{ title: words, clause: words, feedback: words, feeds: ['leads'] },
  when: 'record.is_open && !record.filled("UF_CRM_REASON")',
};

/** A portal whose own rule about its own field is on. */
async function ruledWorld(): Promise<JudgedWorld> {
  const world = new JudgedWorld(database.pool, (bucket += 1));
  world.configure();
  world.ownFields('lead', ['UF_CRM_REASON', 'UF_CRM_OTHER'], day(1, '00:00'));
  world.watermark(day(2, '08:00'));
  await world.judge();
  const by = 'nobody';
  await world.decides(
    { type: 'RuleWritten', data: { ruleId: 'OWN1', rule: rule, by } },
    {
      type: 'RuleStatusSet',
      data: { ruleId: 'OWN1', status: 'active', from: day(2, '08:00'), by, reason: 'by-hand' },
    },
  );
  return world;
}

const own = async (world: JudgedWorld) => (await world.cases()).filter((row) => row['rule_id'] === 'OWN1');

test('a rule whose field is gone is broken: it says what is missing, opens nothing, and keeps the cases it had', async () => {
  const world = await ruledWorld();
  world.lead('1', day(2, '10:00'));
  world.watermark(day(2, '11:00'));
  await world.judge();
  expect(await own(world)).toMatchObject([{ about: 'lead:1', status: 'open', mode: 'active' }]);
  world.ownFields('lead', ['UF_CRM_OTHER'], day(2, '12:00'));
  world.lead('2', day(2, '13:00'));
  world.watermark(day(2, '14:00'));
  await world.judge();
  expect((await world.settings())['OWN1']).toMatchObject({
    status: 'broken',
    outage: {
      missing: [{ part: 'field', id: 'UF_CRM_REASON', kinds: ['lead'] }],
      at: day(2, '14:00'),
      before: { status: 'active', from: day(2, '08:00') },
    },
  });
  expect(await own(world)).toMatchObject([{ about: 'lead:1', status: 'open' }]);
  // Other rules go on.
  expect((await world.cases()).map((row) => `${String(row['rule_id'])} ${String(row['about'])}`)).toContain(
    'L01 lead:2',
  );
});

test('it is mended when the field is back, and accuses nobody of what began meanwhile', async () => {
  const world = await ruledWorld();
  world.ownFields('lead', [], day(2, '12:00'));
  world.lead('1', day(2, '13:00'));
  world.watermark(day(2, '14:00'));
  await world.judge();
  expect((await world.settings())['OWN1']?.status).toBe('broken');
  world.ownFields('lead', ['UF_CRM_REASON'], day(2, '15:00'));
  world.lead('2', day(2, '16:00'));
  world.watermark(day(2, '17:00'));
  await world.judge();
  const setting = (await world.settings())['OWN1'];
  expect(setting).toMatchObject({ status: 'active', from: day(2, '08:00'), reason: 'by-hand' });
  expect(setting).not.toHaveProperty('outage');
  expect(await own(world)).toMatchObject([
    { about: 'lead:1', mode: 'baseline' },
    { about: 'lead:2', mode: 'active' },
  ]);
});

test('seen only afterwards, an outage leaves the same cases as one that was seen', async () => {
  const world = await ruledWorld();
  world.ownFields('lead', [], day(2, '12:00'));
  world.lead('1', day(2, '13:00'));
  world.ownFields('lead', ['UF_CRM_REASON'], day(2, '15:00'));
  world.lead('2', day(2, '16:00'));
  world.watermark(day(2, '17:00'));
  await world.judge();
  expect((await world.settings())['OWN1']?.status).toBe('active');
  expect(await own(world)).toMatchObject([
    { about: 'lead:1', mode: 'baseline' },
    { about: 'lead:2', mode: 'active' },
  ]);
});

test('switched on by hand while the field is gone, it is broken again; parameters that name what is there mend it', async () => {
  const world = new JudgedWorld(database.pool, (bucket += 1));
  world.configure();
  world.watermark(day(2, '08:00'));
  await world.judge();
  const on = { ruleId: 'D16', status: 'active', from: day(2, '08:00'), by: 'nobody', reason: 'by-hand' } as const;
  const parameters = { stages: ['MEETING', 'PROPOSAL'] };
  await world.decides(
    { type: 'RuleParametersSet', data: { ruleId: 'D16', parameters, by: 'nobody' } },
    { type: 'RuleStatusSet', data: on },
  );
  world.configure(day(2, '09:00'), 'PROPOSAL');
  world.watermark(day(2, '10:00'));
  await world.judge();
  expect((await world.settings())['D16']).toMatchObject({
    status: 'broken',
    outage: { missing: [{ part: 'stage', id: 'PROPOSAL', kinds: ['deal'] }] },
  });
  await world.decides({ type: 'RuleStatusSet', data: on });
  await world.judge();
  expect((await world.settings())['D16']?.status).toBe('broken');
  await world.decides({
    type: 'RuleParametersSet',
    data: { ruleId: 'D16', parameters: { stages: ['MEETING'] }, by: 'nobody' },
  });
  await world.judge();
  expect((await world.settings())['D16']?.status).toBe('active');
});
