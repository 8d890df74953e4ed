import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalJson, type StoredEvent } from '@funnelwatch/kernel';
import { CaptureBench, SimulatedPortal } from '../portal.spec-fixture.js';

/** What a fact says, apart from ids that name the portal and times of recording. */
const contentOf = (event: StoredEvent): string => {
  const { moveId: _moveId, ...data } = (event.data ?? {}) as Record<string, unknown>;
  return canonicalJson([event.streamId, event.type, event.occurredAt, event.actor, event.provenance, data]);
};
/** How often and when a list of matches is told depends on what was read together; the last one does not. */
const isMatch = ({ type }: StoredEvent): boolean => type.endsWith('MatchesFound');
const contents = (events: StoredEvent[]): string[] =>
  events
    .filter((event) => !isMatch(event))
    .map(contentOf)
    .sort();
const lastMatches = (events: StoredEvent[]): Record<string, unknown> =>
  Object.fromEntries(events.filter(isMatch).map(({ streamId, data }) => [streamId, data]));
const ofType = (events: StoredEvent[], pattern: RegExp): StoredEvent[] =>
  events.filter(({ type }) => pattern.test(type));

describe('backfill of a small company', () => {
  let portal: SimulatedPortal;
  let bench: CaptureBench;
  let whole: StoredEvent[];

  beforeAll(async () => {
    portal = await SimulatedPortal.start('--company', 'tiny', '--seed', '7', '--deals', '60');
    bench = await CaptureBench.create();
    await portal.control('counters', null, 'DELETE');
    await bench.backfill(portal.webhookUrl);
    whole = await bench.events();
  });
  afterAll(async () => {
    await bench.close();
    await portal.stop();
  });

  it('reads every listing to its end', async () => {
    const progress = await bench.progress();
    expect(progress).toHaveLength(17);
    expect(progress.filter(({ state, done, total }) => state !== 'done' || done !== total)).toEqual([]);
  });

  it('needs no more requests than the listings and owners have pages', async () => {
    const progress = await bench.progress();
    const pagesOf = ({ listing, done }: { listing: string; done: number }): number =>
      Math.ceil(done / (listing.endsWith('ProductRows') ? 50 : 2500));
    const least = progress.reduce((sum, listing) => sum + pagesOf(listing), 0);
    const { httpRequests } = await portal.control<{ httpRequests: number }>('counters');
    expect(httpRequests).toBeLessThanOrEqual(least * 1.05);
  });

  it('tells each object and each move once, as backfilled', async () => {
    const { total } = await portal.list('crm.stagehistory.list', { entityTypeId: 2 });
    const moves = ofType(whole, /^DealStageMoved$/);
    const reconstructed = moves.filter(({ provenance }) => provenance === 'reconstructed');
    expect(moves.length - reconstructed.length).toBe(total);
    const deals = await portal.list('crm.deal.list', {});
    expect(ofType(whole, /^DealAppeared$/)).toHaveLength(deals.total);
    const appeared = ofType(whole, /Appeared$/);
    expect(new Set(appeared.map(({ streamId }) => streamId)).size).toBe(appeared.length);
    expect(new Set(appeared.map(({ provenance }) => provenance))).toEqual(new Set(['backfilled']));
  });

  it('lets every object stand in the stage its last move leads to', async () => {
    const { rows } = await bench.pool.query(
      `SELECT kind, id, head.stage_id, last.stage_id AS last_stage
         FROM capture.entity_head AS head
         LEFT JOIN LATERAL (SELECT stage_id FROM capture.stage_move
                             WHERE kind = head.kind AND owner_id = head.id AND state <> 'withdrawn'
                             ORDER BY moved_at DESC, row_id DESC LIMIT 1) AS last ON true
        WHERE head.pipeline_id IS NOT NULL AND last.stage_id IS DISTINCT FROM head.stage_id`,
    );
    expect(rows).toEqual([]);
  });

  it('puts no name, title, phone or free text into the log in clear', async () => {
    const rows = [
      ...(await portal.list('crm.lead.list', { select: ['*', 'PHONE', 'EMAIL'] })).rows,
      ...(await portal.list('crm.contact.list', { select: ['*', 'PHONE', 'EMAIL'] })).rows,
      ...(await portal.list('crm.company.list', { select: ['*', 'PHONE'] })).rows,
      ...(await portal.list('crm.deal.list', { select: ['*'] })).rows,
      ...(await portal.list('crm.activity.list', { select: ['*'] })).rows,
    ];
    const names = ['TITLE', 'NAME', 'LAST_NAME', 'SECOND_NAME', 'COMMENTS', 'SUBJECT', 'DESCRIPTION', 'ADDRESS'];
    const texts = rows.flatMap((row) => {
      const channels = [row['PHONE'], row['EMAIL']].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
      return [
        ...names.map((name) => row[name]),
        ...channels.map((channel) => (channel as { VALUE: string }).VALUE),
      ].filter((text): text is string => typeof text === 'string' && text.length > 6);
    });
    expect(texts.length).toBeGreaterThan(100);
    const facts = whole.filter(({ type }) => !/Configured$/.test(type));
    const clear = facts.map(({ data }) => JSON.stringify(data)).join('\n');
    expect(texts.filter((text) => clear.includes(JSON.stringify(text).slice(1, -1)))).toEqual([]);
    const sealed = facts.find(({ type }) => type === 'ContactAppeared');
    const subject = sealed?.streamId ?? '';
    const opened = await bench.keyRing.open(bench.portal, subject, sealed?.sealed?.[subject] ?? '');
    expect(opened).toHaveProperty('name');
  });

  it('adds no event when everything is read again', async () => {
    await bench.pool.query('DELETE FROM capture.backfill_progress');
    await bench.pool.query('DELETE FROM capture.cursor');
    await bench.backfill(portal.webhookUrl);
    expect(await bench.events()).toHaveLength(whole.length);
    expect((await bench.progress()).every(({ state }) => state === 'done')).toBe(true);
  });

  describe('that is stopped again and again', () => {
    let stopped: CaptureBench;
    beforeEach(async () => {
      stopped = await CaptureBench.create();
    });
    afterEach(() => stopped.close());

    it('carries on where it stopped and ends with the same facts', async () => {
      for (let run = 1; ; run += 1) {
        if (run > 200) throw new Error('The backfill does not come to an end');
        const abort = new AbortController();
        const timer = setTimeout(() => abort.abort(new Error('stopped')), 20 + ((run * 37) % 150));
        await stopped.run(portal.webhookUrl, { backfillOnly: true, batchCommands: 4 }, abort.signal);
        clearTimeout(timer);
        const progress = await stopped.progress();
        if (progress.length > 0 && progress.every(({ state }) => state === 'done')) break;
      }
      const events = await stopped.events();
      expect(contents(events)).toEqual(contents(whole));
      expect(Object.keys(lastMatches(whole)).length).toBeGreaterThan(20);
      expect(lastMatches(events)).toEqual(lastMatches(whole));
      expect((await stopped.progress()).filter(({ done, total }) => done !== total)).toEqual([]);
    });
  });
});
