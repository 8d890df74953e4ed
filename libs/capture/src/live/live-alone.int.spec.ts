import { afterEach, describe, expect, it } from '@jest/globals';
import { CaptureBench, eventually, SimulatedPortal } from '../portal.spec-fixture.js';

/** What must not depend on how the history was seen. */
async function stateOf(bench: CaptureBench): Promise<Record<string, unknown>> {
  const { rows: heads } = await bench.pool.query<{ object: string; content: object }>(
    `SELECT head.kind || ':' || head.id AS object, head.content
       FROM capture.entity_head AS head
       LEFT JOIN capture.entity_head AS owner
         ON head.kind = 'product-rows' AND owner.kind = head.owner_kind AND owner.id = head.owner_id
      WHERE head.state = 'present' AND (owner.state IS NULL OR owner.state = 'present')`,
  );
  const { rows: moves } = await bench.pool.query<{ move: string }>(
    `SELECT concat_ws(' ', move.kind, move.owner_id, move.pipeline_id, move.stage_id, move.semantics,
                      to_char(move.moved_at, 'YYYY-MM-DD HH24:MI:SS'), ordinal) AS move
       FROM capture.stage_move AS move
       JOIN capture.entity_head AS head
         ON head.kind = move.kind AND head.id = move.owner_id AND head.state = 'present'
      WHERE move.state <> 'withdrawn'
      ORDER BY 1`,
  );
  return {
    ...Object.fromEntries(heads.map(({ object, content }) => [object, content])),
    moves: moves.map(({ move }) => move),
  };
}

describe('capture from the first day of a company, on a fast clock', () => {
  const benches: CaptureBench[] = [];
  let portal: SimulatedPortal;

  afterEach(async () => {
    for (const bench of benches.splice(0)) await bench.close();
    await portal.stop();
  });

  it.each([[21], [22]])(
    'arrives at the state a backfill of the end finds, although stopped on the way (seed %d)',
    async (seed) => {
      portal = await SimulatedPortal.start(
        ...['--company', 'tiny', '--seed', String(seed), '--deals', '30', '--history', 'none', '--speed', '300000'],
      );
      const live = await CaptureBench.create();
      benches.push(live);
      let stop = live.start(portal.webhookUrl);
      const hasEnded = async () => (await portal.control<{ stands: boolean }>('clock')).stands;
      for (let run = 0; !(await hasEnded()); run += 1) {
        await new Promise((resolve) => setTimeout(resolve, 700 + ((run * 613) % 1200)));
        await stop();
        stop = live.start(portal.webhookUrl);
      }
      await eventually(
        async () => {
          const { rows } = await live.pool.query('SELECT 1 FROM capture.follow_up');
          const facts = (await live.facts()).length;
          await new Promise((resolve) => setTimeout(resolve, 1000));
          const isQuiet = facts === (await live.facts()).length;
          return rows.length === 0 && isQuiet && (await live.certificate())?.unexplained === 0;
        },
        'the end of all facts',
        40_000,
      );
      await stop();

      const backfilled = await CaptureBench.create();
      benches.push(backfilled);
      await backfilled.backfill(portal.webhookUrl);
      expect(await stateOf(live)).toEqual(await stateOf(backfilled));
      const facts = await live.facts();
      expect(facts.filter(({ provenance }) => provenance === 'observed').length).toBeGreaterThan(facts.length / 2);
    },
  );
});
