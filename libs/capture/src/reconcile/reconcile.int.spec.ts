import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@funnelwatch/kernel';
import { confirmDeletions } from './confirm-deletions.js';
import { CaptureBench, eventually, SimulatedPortal } from '../portal.spec-fixture.js';

const typed = (events: StoredEvent[], pattern: RegExp): StoredEvent[] =>
  events.filter((event) => pattern.test(event.type));

describe('reconciliation', () => {
  let portal: SimulatedPortal;
  let bench: CaptureBench;

  beforeEach(async () => {
    portal = await SimulatedPortal.start('--company', 'tiny', '--seed', '5', '--deals', '40');
    bench = await CaptureBench.create();
    bench.start(portal.webhookUrl);
    await eventually(() => bench.certificate(), 'the first certificate');
  });
  afterEach(async () => {
    await bench.close();
    await portal.stop();
  });

  it('certifies what the portal lists and we hold', async () => {
    const certificate = await bench.certificate();
    const { total } = await portal.list('crm.deal.list', { select: ['ID'] });
    expect(certificate).toMatchObject({ scope: 'all', unexplained: 0 });
    expect(certificate?.expected['deal']).toBe(total);
    expect(certificate?.held).toEqual(certificate?.expected);
  });

  it('finds a deletion after two passes and says when the object was last seen', async () => {
    const [deal] = (await portal.list('crm.deal.list', { select: ['ID'] })).rows;
    const id = String(deal?.['ID']);
    const title = await bench.pool.query('SELECT FROM capture.match_key WHERE stream_id = $1', [`deal:${id}`]);
    expect(title.rowCount).toBe(1);
    await portal.call('crm.deal.delete', { id });
    const [deleted] = await eventually(async () => {
      const found = typed(await bench.events(), /^DealDeleted$/);
      return found.length > 0 && found;
    }, 'the deletion');
    expect(deleted).toMatchObject({ streamId: `deal:${id}`, data: { kind: 'deal', id } });
    const { rows } = await bench.pool.query('SELECT FROM capture.match_key WHERE stream_id = $1', [`deal:${id}`]);
    expect(rows).toEqual([]);
    await eventually(async () => (await bench.certificate())?.unexplained === 0, 'a clean certificate');
    expect(typed(await bench.events(), /^DealDeleted$/)).toHaveLength(1);
  });

  it('takes a deal that once gave an activity away for deleted, not for merged', async () => {
    const deals = (await portal.list('crm.deal.list', { select: ['ID'] })).rows.map((row) => String(row['ID']));
    const [gone = '', other = ''] = deals;
    await bench.pool.query(
      `INSERT INTO capture.rebinding (bucket, portal_id, kind, from_id, to_id, activities, last_at)
       SELECT bucket, portal_id, 'deal', $1, $2, 1, '2020-01-01Z' FROM capture.entity_head LIMIT 1`,
      [gone, other],
    );
    await portal.call('crm.deal.delete', { id: gone });
    const [vanished] = await eventually(async () => {
      const found = typed(await bench.events(), /^Deal(Merged|Deleted)$/);
      return found.length > 0 && found;
    }, 'the deletion');
    expect(vanished).toMatchObject({ type: 'DealDeleted', streamId: `deal:${gone}` });
  });

  it('infers a merge from the activities of the loser', async () => {
    const activities = (await portal.list('crm.activity.list', { select: ['OWNER_ID', 'OWNER_TYPE_ID'] })).rows;
    const owner = activities.find((activity) => String(activity['OWNER_TYPE_ID']) === '2')?.['OWNER_ID'];
    const loser = String(owner);
    const deals = (await portal.list('crm.deal.list', { select: ['ID'] })).rows.map((row) => String(row['ID']));
    const winner = deals.find((id) => id !== loser) ?? '';
    await portal.call('crm.entity.mergeBatch', { params: { entityTypeId: 2, entityIds: [winner, loser] } });
    const [merged] = await eventually(async () => {
      const found = typed(await bench.events(), /^Deal(Merged|Deleted)$/);
      return found.length > 0 && found;
    }, 'the merge');
    expect(merged).toMatchObject({
      type: 'DealMerged',
      provenance: 'reconstructed',
      data: { id: loser, into: winner },
    });
  });

  it('takes a mass disappearance for lost rights: no deletion, no watermark, and it heals', async () => {
    const ids = (await portal.list('crm.deal.list', { select: ['ID'] })).rows.map((row) => Number(row['ID']));
    expect(ids.length).toBeGreaterThan(30);
    await portal.control('settings', { hidden: [{ entity: 'deal', ids: ids.slice(0, 30) }] });
    const [lost] = await eventually(async () => {
      const found = typed(await bench.events(), /^VisibilityLost$/);
      return found.length > 0 && found;
    }, 'the loss');
    expect(lost?.data).toMatchObject({ kind: 'deal', missing: 30 });
    const certified = typed(await bench.events(), /^CompletenessCertified$/).length;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const events = await bench.events();
    expect(typed(events, /^DealDeleted$/)).toEqual([]);
    expect(typed(events, /^VisibilityLost$/)).toHaveLength(1);
    expect(typed(events, /^CompletenessCertified$/)).toHaveLength(certified);
    await portal.control('settings', { hidden: [] });
    await eventually(async () => {
      const { rows } = await bench.pool.query('SELECT 1 FROM capture.visibility_loss');
      return rows.length === 0;
    }, 'the end of the loss');
  });

  it('takes a mass disappearance for deletions when a person says so', async () => {
    const ids = (await portal.list('crm.deal.list', { select: ['ID'] })).rows.map((row) => String(row['ID']));
    for (const id of ids.slice(0, 30)) await portal.call('crm.deal.delete', { id });
    const inDoubt = async (): Promise<number> =>
      (await bench.pool.query<{ missing: number }>('SELECT missing FROM capture.visibility_loss')).rows[0]?.missing ??
      0;
    // A pass in the middle of the deletions sees fewer.
    await eventually(async () => (await inDoubt()) === 30, 'the loss');
    const confirmed = await confirmDeletions(bench, bench.portal, new Date());
    expect(confirmed).toEqual([{ kind: 'deal', missing: 30 }]);
    expect(await confirmDeletions(bench, bench.portal, new Date())).toEqual([]);
    await eventually(async () => typed(await bench.events(), /^DealDeleted$/).length === 30, 'the deletions');
    await eventually(async () => (await inDoubt()) === 0, 'the end of the doubt');
    expect(typed(await bench.events(), /^DeletionsConfirmed$/)).toMatchObject([
      { data: { kind: 'deal', missing: 30 } },
    ]);
  });

  it('reads what every feed overlooked, and changes that move no modified time', async () => {
    const deals = (await portal.list('crm.deal.list', { select: ['ID'] })).rows.map((row) => String(row['ID']));
    await bench.pool.query(`DELETE FROM capture.entity_head WHERE kind = 'deal' AND id = $1`, [deals[3]]);
    await portal.control('operations', {
      op: 'update',
      entity: 'deal',
      id: deals[5],
      way: 'silent',
      fields: { IS_REPEATED_APPROACH: 'Y' },
    });
    await eventually(
      async () => typed(await bench.events(), /^DealChanged$/).some(({ streamId }) => streamId === `deal:${deals[5]}`),
      'the silent change',
    );
    await eventually(async () => {
      const { rows } = await bench.pool.query(`SELECT 1 FROM capture.entity_head WHERE kind = 'deal' AND id = $1`, [
        deals[3],
      ]);
      return rows.length === 1;
    }, 'the overlooked deal');
  });
});
