import type { JsonObject } from '@funnelwatch/kernel';
import type { Fact } from '../small-company.spec-fixture.js';

const at = '2026-03-10T09:00:00.000Z';
const appeared = (kind: Fact['kind'], id: string, fields: JsonObject): Fact => ({
  ...{ kind, id, verb: 'Appeared', occurredAt: at },
  data: { kind, id, fields: { createdAt: at, ...fields }, extra: {}, derived: {} },
});
export const moved = (id: string, stageId: string, semantics: string, userId: string): Fact => ({
  ...{ kind: 'deal', id, verb: 'StageMoved', occurredAt: at, actor: `user:${userId}` },
  data: {
    ...{ kind: 'deal', id, moveId: `${id} ${stageId}`, pipelineId: 'deal:0', stageId, semantics },
    ...{ order: stageId === 'PROPOSAL' ? 1 : 2, entry: 'moved' },
  },
});

/** A month of letters, 32 meetings, 25 proposals and five sales of 40 000 ₽, the last one of another sum. */
export function monthOf(userId: string, letters: number, lastSaleKopecks: string): Fact[] {
  const own = (count: number) =>
    Array.from({ length: count }, (_, index) => `${userId}0${String(index + 1).padStart(3, '0')}`);
  const activity = { ownerKind: 'deal', ownerObjectId: '1', responsibleId: userId, completed: true };
  return [
    ...own(letters).map((id) =>
      appeared('activity', `1${id}`, { ...activity, activityType: '4', direction: 'outgoing' }),
    ),
    ...own(32).map((id) => appeared('activity', `2${id}`, { ...activity, activityType: '1', direction: 'none' })),
    ...own(25).flatMap((id, index) => {
      const amountKopecks = index === 0 ? lastSaleKopecks : '4000000';
      return [
        appeared('deal', id, { ownerId: userId, amountKopecks, currency: 'RUB' }),
        moved(id, 'PROPOSAL', 'P', userId),
        ...(index < 5 ? [moved(id, 'WON', 'S', userId)] : []),
      ];
    }),
  ];
}
