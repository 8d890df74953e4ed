import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@funnelwatch/kernel';
import { CaptureBench, eventually, SimulatedPortal } from '../portal.spec-fixture.js';

const typed = (events: StoredEvent[], type: string): StoredEvent[] => events.filter((event) => event.type === type);

describe('live capture', () => {
  let portal: SimulatedPortal;
  let bench: CaptureBench;
  let before: StoredEvent[];

  beforeAll(async () => {
    portal = await SimulatedPortal.start('--company', 'tiny', '--seed', '11', '--deals', '20');
  });
  afterAll(() => portal.stop());
  beforeEach(async () => {
    bench = await CaptureBench.create();
    bench.start(portal.webhookUrl);
    await eventually(() => bench.certificate(), 'the first certificate');
    await eventually(async () => (await bench.status())?.phase === 'live', 'the end of the backfill');
    before = await bench.events();
  });
  afterEach(() => bench.close());

  const since = async (): Promise<StoredEvent[]> => (await bench.events()).slice(before.length);

  it('sees a new deal with its first move, its product rows and the user who made it', async () => {
    const id = String(
      await portal.call<number>('crm.deal.add', {
        fields: { TITLE: 'Поставка', OPPORTUNITY: 1500.5, ASSIGNED_BY_ID: 2 },
      }),
    );
    await portal.call('crm.deal.productrows.set', { id, rows: [{ PRODUCT_NAME: 'Насос', PRICE: 100, QUANTITY: 2 }] });
    await eventually(async () => typed(await since(), 'ProductRowsAppeared').length === 1, 'product rows');
    const events = await since();
    expect(typed(events, 'DealAppeared')).toMatchObject([
      { streamId: `deal:${id}`, provenance: 'observed', actor: 'user:1', data: { fields: { ownerId: '2' } } },
    ]);
    expect(typed(events, 'DealStageMoved')).toMatchObject([
      { streamId: `deal:${id}`, data: { entry: 'created', pipelineId: 'deal:0' }, actor: 'user:1' },
    ]);
    expect(typed(events, 'ProductRowsAppeared')).toMatchObject([
      { streamId: `product-rows:D:${id}`, data: { fields: { rows: [{ priceKopecks: '10000', quantity: '2' }] } } },
    ]);
  });

  it('tells a stage change as a move and never as a change of a field', async () => {
    const id = await portal.call<number>('crm.deal.add', { fields: { TITLE: 'Движение' } });
    await eventually(async () => typed(await since(), 'DealStageMoved').length === 1, 'the first move');
    await portal.call('crm.deal.update', { id, fields: { STAGE_ID: 'WON', OPPORTUNITY: '2000' } });
    const moves = await eventually(async () => {
      const found = typed(await since(), 'DealStageMoved');
      return found.length === 2 && found;
    }, 'the second move');
    expect(moves[1]).toMatchObject({ actor: 'user:1', data: { stageId: 'WON', semantics: 'S' } });
    const changes = await eventually(async () => {
      const found = typed(await since(), 'DealChanged');
      return found.length > 0 && found;
    }, 'the change of the amount');
    for (const change of changes) {
      expect(Object.keys((change.data as { changes: object } | null)?.changes ?? {})).not.toContain('stageId');
    }
    expect(changes[0]?.data).toMatchObject({ changes: { amountKopecks: { after: '200000' } } });
  });

  it('follows a deal into another pipeline', async () => {
    const id = await portal.call<number>('crm.deal.add', { fields: { TITLE: 'Переезд' } });
    const { rows } = await portal.list('crm.category.list', { entityTypeId: 2 }).catch(() => ({ rows: [] }));
    const categories = await portal.call<{ categories: { id: number }[] }>('crm.category.list', { entityTypeId: 2 });
    const other = categories.categories.find(({ id: category }) => category !== 0)?.id ?? rows.length;
    await portal.call('crm.item.update', {
      entityTypeId: 2,
      id,
      fields: { categoryId: other, stageId: `C${other}:NEW` },
    });
    const move = await eventually(
      async () =>
        typed(await since(), 'DealStageMoved').find(
          ({ data }) => (data as { pipelineId?: string } | null)?.pipelineId === `deal:${other}`,
        ),
      'the move into the other pipeline',
    );
    expect(move.data).toMatchObject({ id: String(id), entry: 'pipeline-changed', stageId: `C${other}:NEW` });
  });

  it('finds an imported object by its id and reconstructs the move that has no row', async () => {
    const old = '2020-01-15T09:00:00Z';
    await portal.control('operations', {
      by: 'import',
      operations: [
        {
          op: 'add',
          entity: 'deal',
          id: '900001',
          fields: {
            TITLE: 'Импорт',
            STAGE_ID: 'NEW',
            DATE_CREATE: old,
            DATE_MODIFY: old,
            MOVED_TIME: old,
            CREATED_BY_ID: '2',
          },
        },
      ],
    });
    const move = await eventually(
      async () => typed(await since(), 'DealStageMoved').find(({ streamId }) => streamId === 'deal:900001'),
      'the reconstructed move',
    );
    expect(move).toMatchObject({
      provenance: 'reconstructed',
      occurredAt: '2020-01-15T09:00:00.000Z',
      data: { order: 0 },
    });
    expect(typed(await since(), 'DealAppeared')).toMatchObject([{ streamId: 'deal:900001' }]);
  });

  it('adds nothing while nothing happens but the overlap of windows', async () => {
    await portal.call('crm.deal.add', { fields: { TITLE: 'Последняя' } });
    await eventually(async () => typed(await since(), 'DealStageMoved').length === 1, 'the move');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const facts = (await bench.facts()).length;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await bench.facts()).toHaveLength(facts);
  });

  it('moves the watermark behind the facts and only after a certificate', async () => {
    const id = await portal.call<number>('crm.deal.add', { fields: { TITLE: 'Отметка' } });
    // One that belongs to an earlier tick may come before the fact.
    const { events, after } = await eventually(async () => {
      const events = await bench.events();
      const fact = events.findIndex(({ streamId }) => streamId === `deal:${id}`);
      const after = events.slice(fact).find(({ type }) => type === 'CaptureAdvanced');
      return fact >= 0 && after && { events, after };
    }, 'the watermark');
    const first = (type: string): number => events.findIndex((event) => event.type === type);
    expect(first('CompletenessCertified')).toBeLessThan(first('CaptureAdvanced'));
    expect(after.data).toMatchObject({ through: { deals: expect.any(String) }, counts: { deals: 1 } });
  });

  it('tells a new stage before long', async () => {
    await portal.control('operations', {
      op: 'add',
      entity: 'status',
      id: '99001',
      fields: { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'UC_NEW1', NAME: 'Новый этап', SORT: '25' },
    });
    const event = await eventually(
      async () => typed(await since(), 'PipelinesConfigured').at(-1),
      'the new configuration',
    );
    expect(JSON.stringify(event.data)).toContain('UC_NEW1');
  });
});
