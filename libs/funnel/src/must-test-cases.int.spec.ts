import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FunnelCohort, FunnelFlow } from './answers.js';
import {
  CapturedWorld,
  day,
  funnelDatabase,
  type FunnelDatabase,
  march,
  sales,
} from './captured-world.spec-fixture.js';
import type { CohortDefinition } from './scope.js';

let database: FunnelDatabase;
beforeAll(async () => {
  database = await funnelDatabase();
});
afterAll(() => database.close());

const pipelineId = 'deal:0';

async function world(write: (world: CapturedWorld) => void): Promise<CapturedWorld> {
  const made = CapturedWorld.in(database.pool);
  made.configure();
  write(made);
  await made.project();
  return made;
}

const flowOf = async (made: CapturedWorld): Promise<FunnelFlow> =>
  made.reader.flow(made.scope, { pipelineId, period: march });
const entriesOf = (flow: FunnelFlow) =>
  Object.fromEntries(flow.all.stages.map(({ stageId, entries }) => [stageId, entries]));
const cohortOf = async (made: CapturedWorld, definition: CohortDefinition, horizonDays: number | null = null) =>
  made.reader.cohort(made.scope, { pipelineId, period: march, definition, horizonDays });
/** `converted/counted` of each step. */
const stepsOf = (cohort: FunnelCohort) => cohort.all.steps.map((step) => `${step.converted}/${step.counted}`);
const chainOf = (cohort: FunnelCohort) => cohort.all.chain.map((step) => step.converted);

describe('case 1: created in the middle', () => {
  const made = () =>
    world((w) =>
      w.deal('1', [
        ['PROPOSAL', day(2)],
        ['WON', day(5)],
      ]),
    );

  test('it reached the stages before, but entered none of them', async () => {
    const w = await made();
    expect(entriesOf(await flowOf(w))).toMatchObject({ NEW: 0, MEETING: 0, PROPOSAL: 1, WON: 1 });
    expect(chainOf(await cohortOf(w, 'reached'))).toEqual([1, 1, 1, 1]);
    expect(stepsOf(await cohortOf(w, 'strict'))).toEqual(['0/0', '0/0', '1/1']);
    expect(stepsOf(await cohortOf(w, 'touched'))).toEqual(['0/0', '0/0', '1/1']);
  });
});

describe('case 2: created already won', () => {
  test('it is created and won in the period and reached every stage at once', async () => {
    const w = await world((w) => w.deal('1', [['WON', day(2)]], { kopecks: 4_000_000 }));
    const flow = await flowOf(w);
    expect(flow.all).toMatchObject({
      created: 1,
      won: 1,
      wonAmount: { currency: 'RUB', kopecks: 4_000_000n, others: [] },
    });
    expect(chainOf(await cohortOf(w, 'reached'))).toEqual([1, 1, 1, 1]);
    expect(stepsOf(await cohortOf(w, 'reached', 30))).toEqual(['1/1', '1/1', '1/1']);
  });
});

describe('case 3: skip', () => {
  test('reached counts it, strict does not, touched only where it was', async () => {
    const w = await world((w) =>
      w.deal('1', [
        ['NEW', day(1)],
        ['PROPOSAL', day(3)],
        ['WON', day(4)],
      ]),
    );
    expect(stepsOf(await cohortOf(w, 'reached'))).toEqual(['1/1', '1/1', '1/1']);
    expect(stepsOf(await cohortOf(w, 'strict'))).toEqual(['0/1', '0/0', '1/1']);
    expect(stepsOf(await cohortOf(w, 'touched'))).toEqual(['0/1', '0/0', '1/1']);
    expect((await cohortOf(w, 'strict')).all.overall).toMatchObject({ counted: 1, converted: 0 });
    expect((await cohortOf(w, 'touched')).all.overall).toMatchObject({ counted: 1, converted: 1 });
  });
});

describe('case 4: roll-back, then win', () => {
  const moves: [string, string][] = [
    ['NEW', day(1)],
    ['MEETING', day(2)],
    ['PROPOSAL', day(3)],
    ['MEETING', day(4)],
    ['WON', day(6)],
  ];

  test('the roll-back is told apart and takes away nothing that was reached', async () => {
    const w = await world((w) => w.deal('1', moves));
    const flow = await flowOf(w);
    expect(flow.all).toMatchObject({ rollbacks: 1, reopened: 0, won: 1 });
    expect(flow.all.stages.find(({ stageId }) => stageId === 'MEETING')).toMatchObject({ entries: 1, visits: 2 });
    expect(stepsOf(await cohortOf(w, 'reached'))).toEqual(['1/1', '1/1', '1/1']);
    expect(stepsOf(await cohortOf(w, 'strict'))).toEqual(['1/1', '1/1', '1/1']);
    const { all } = await w.reader.transitions(w.scope, { pipelineId, period: march });
    expect(all.find(({ fromStageId }) => fromStageId === 'MEETING')).toMatchObject({
      exits: 2,
      to: [
        { toStageId: 'PROPOSAL', converted: 1 },
        { toStageId: 'WON', converted: 1 },
      ],
    });
  });
});

describe('case 5: lost, then reopened', () => {
  test('it is neither lost nor open twice, and reopening is counted', async () => {
    const w = await world((w) =>
      w.deal('1', [
        ['NEW', day(1)],
        ['LOSE', day(2)],
        ['MEETING', day(3)],
        ['WON', day(9)],
      ]),
    );
    const flow = await flowOf(w);
    expect(flow.all).toMatchObject({ lost: 0, won: 1, reopened: 1, rollbacks: 0 });
    expect(entriesOf(flow)).toMatchObject({ LOSE: 1 });
    const now = await w.reader.now(w.scope, { pipelineId });
    expect(now.all).toMatchObject({ count: 1, won: { count: 1 }, lost: { count: 0 } });
  });

  test('won, then reopened is a roll-back as well', async () => {
    const w = await world((w) =>
      w.deal('1', [
        ['NEW', day(1)],
        ['WON', day(2)],
        ['MEETING', day(3)],
      ]),
    );
    expect((await flowOf(w)).all).toMatchObject({ won: 0, reopened: 1, rollbacks: 1 });
  });
});

describe('case 6: pipeline change', () => {
  const made = () =>
    world((w) =>
      w.deal('1', [
        ['NEW', day(1)],
        ['MEETING', day(2)],
        ['C5:NEW', day(5)],
        ['C5:WON', day(8)],
      ]),
    );

  test('it is censored where it left, not lost', async () => {
    const w = await made();
    expect((await flowOf(w)).all).toMatchObject({ left: 1, lost: 0, won: 0 });
    const cohort = await cohortOf(w, 'reached', 7);
    expect(cohort.all.steps[0]).toMatchObject({ population: 1, counted: 0, converted: 0, immature: 1, censored: 1 });
    expect((await cohortOf(w, 'reached', 3)).all.steps[0]).toMatchObject({ counted: 1, converted: 1, immature: 0 });
    expect((await cohortOf(w, 'reached')).all.steps[0]).toMatchObject({ population: 1, counted: 1, converted: 1 });
    expect((await w.reader.now(w.scope, { pipelineId })).all.count).toBe(0);
    const { all } = await w.reader.transitions(w.scope, { pipelineId, period: march });
    expect(all.find(({ fromStageId }) => fromStageId === 'MEETING')?.to).toMatchObject([
      { toStageId: null, converted: 1 },
    ]);
  });

  test('the pipeline it came to counts it from there on', async () => {
    const w = await made();
    const flow = await w.reader.flow(w.scope, { pipelineId: 'deal:5', period: march });
    expect(flow.all).toMatchObject({ created: 1, won: 1, left: 0 });
  });

  test('an object that left and came back is followed to the end', async () => {
    const w = await world((w) =>
      w.deal('1', [
        ['NEW', day(1)],
        ['C5:NEW', day(2)],
        ['MEETING', day(4)],
      ]),
    );
    expect((await cohortOf(w, 'reached', 7)).all.steps[0]).toMatchObject({ counted: 1, converted: 1, censored: 0 });
  });
});

describe('cases 7 and 8: deleted, merged', () => {
  test('they leave every figure and are counted apart; the survivor stays', async () => {
    const w = await world((w) => {
      for (const id of ['1', '2', '3'])
        w.deal(id, [
          ['NEW', day(1)],
          ['WON', day(2)],
        ]);
      w.deletes('deal', '1', day(10));
      w.merges('deal', '2', '3', day(10));
    });
    const now = await w.reader.now(w.scope, { pipelineId });
    expect(now).toMatchObject({ all: { count: 1 }, gone: { deleted: 1, merged: 1 } });
    expect((await flowOf(w)).all).toMatchObject({ created: 1, won: 1, wonAmount: { kopecks: 10_000n } });
    expect((await cohortOf(w, 'reached')).all.chain.map((step) => step.population)).toEqual([1, 1, 1, 1]);
    expect((await w.reader.transitions(w.scope, { pipelineId, period: march })).all).toMatchObject([{ exits: 1 }]);
    const deleted = await w.reader.records(w.scope, { view: 'gone', figure: 'deleted', pipelineId });
    expect(deleted.records.map(({ id }) => id)).toEqual(['1']);
    expect(await w.reader.record(w.scope, 'deal', '2')).toMatchObject({ state: 'merged', mergedInto: '3' });
  });

  test('a record seen again counts again', async () => {
    const w = await world((w) => {
      w.deal('1', [['NEW', day(1)]]);
      w.deletes('deal', '1', day(10));
      w.appears('deal', '1', day(1), { ownerId: '7', amountKopecks: '10000', currency: 'RUB' });
    });
    expect(await w.reader.now(w.scope, { pipelineId })).toMatchObject({ all: { count: 1 }, gone: { deleted: 0 } });
  });
});

describe('case 9: stage renamed, removed, reordered', () => {
  const [fresh, meeting, proposal, won, lose, apology] = sales.stages;
  const reconfigured = (stages: (typeof sales.stages)[number][]) => [{ ...sales, stages }];

  test('a renamed stage is the same stage', async () => {
    const w = await world((w) => {
      w.deal('1', [
        ['NEW', day(1)],
        ['MEETING', day(2)],
      ]);
      w.configure(reconfigured([fresh!, { ...meeting!, name: 'Показ' }, proposal!, won!, lose!, apology!]), day(20));
    });
    expect(stepsOf(await cohortOf(w, 'reached'))[0]).toBe('1/1');
    const [pipeline] = await w.reader.pipelines(w.scope);
    expect(pipeline?.stages[1]).toMatchObject({ stageId: 'MEETING', name: 'Показ', rank: 1 });
    const annotations = await w.reader.annotations(w.scope, { pipelineId });
    expect(annotations).toMatchObject([
      { change: 'stage-renamed', before: 'MEETING', after: 'Показ', stageId: 'MEETING' },
    ]);
  });

  test('a removed stage keeps its place and its entries', async () => {
    const w = await world((w) => {
      w.deal('1', [
        ['NEW', day(1)],
        ['MEETING', day(2)],
        ['PROPOSAL', day(3)],
      ]);
      w.deal('2', [
        ['NEW', day(1)],
        ['MEETING', day(2)],
      ]);
      w.configure(reconfigured([fresh!, proposal!, won!, lose!, apology!]), day(20));
    });
    const flow = await flowOf(w);
    expect(entriesOf(flow)).toMatchObject({ NEW: 2, MEETING: 2, PROPOSAL: 1 });
    expect(flow.pipeline.stages.map(({ stageId, rank, isRemoved }) => [stageId, rank, isRemoved])).toEqual([
      ['NEW', 0, false],
      ['MEETING', 1, true],
      ['PROPOSAL', 2, false],
      ['WON', 3, false],
      ['LOSE', null, false],
      ['APOLOGY', null, false],
    ]);
    expect(stepsOf(await cohortOf(w, 'reached'))).toEqual(['2/2', '1/2', '0/1']);
  });

  test('reordered stages rank as the latest configuration says', async () => {
    const w = await world((w) => {
      w.deal('1', [
        ['NEW', day(1)],
        ['PROPOSAL', day(2)],
      ]);
      w.configure(
        reconfigured([fresh!, { ...proposal!, sort: 20 }, { ...meeting!, sort: 30 }, won!, lose!, apology!]),
        day(20),
      );
    });
    const cohort = await cohortOf(w, 'reached');
    expect(cohort.all.chain.map((step) => `${step.toStageId} ${step.converted}`)).toEqual([
      'NEW 1',
      'PROPOSAL 1',
      'MEETING 0',
      'WON 0',
    ]);
    expect(await w.reader.annotations(w.scope, { pipelineId })).toMatchObject([
      { change: 'stages-reordered', stageId: null },
    ]);
  });

  test('a stage that no configuration ever named is shown without a rank', async () => {
    const w = await world((w) =>
      w.deal('1', [
        ['ANCIENT', day(1)],
        ['WON', day(2)],
      ]),
    );
    const flow = await flowOf(w);
    expect(entriesOf(flow)).toMatchObject({ ANCIENT: 1, WON: 1 });
    expect(flow.pipeline.stages.at(-1)).toMatchObject({ stageId: 'ANCIENT', rank: null, isRemoved: true });
  });
});

describe('case 10: two moves in one second', () => {
  test('the order of the portal decides', async () => {
    const w = await world((w) =>
      w.deal('1', [
        ['NEW', day(1)],
        ['MEETING', day(2)],
        ['PROPOSAL', day(2)],
        ['WON', day(2)],
      ]),
    );
    expect(stepsOf(await cohortOf(w, 'strict'))).toEqual(['1/1', '1/1', '1/1']);
    expect((await w.reader.now(w.scope, { pipelineId })).all.won.count).toBe(1);
    const record = await w.reader.record(w.scope, 'deal', '1');
    expect(record.visits.map(({ stageId, durationMs }) => [stageId, durationMs])).toMatchObject([
      ['NEW', 86_400_000],
      ['MEETING', 0],
      ['PROPOSAL', 0],
      ['WON', expect.any(Number)],
    ]);
  });

  test('backwards in one second is a roll-back', async () => {
    const w = await world((w) =>
      w.deal('1', [
        ['PROPOSAL', day(2)],
        ['NEW', day(2)],
      ]),
    );
    expect((await flowOf(w)).all.rollbacks).toBe(1);
    expect(stepsOf(await cohortOf(w, 'strict'))[0]).toBe('0/1');
  });
});
