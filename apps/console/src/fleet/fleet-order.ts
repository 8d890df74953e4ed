import type { Portal } from '../api/schema.js';
import { completenessOf, isStale } from '../portals/portal-state.js';

export const fleetColumns = ['portal', 'connection', 'phase', 'freshness', 'completeness', 'behind', 'budget'] as const;
export type FleetColumn = (typeof fleetColumns)[number];

/** `attention` puts what has to be looked at first; a column is sorted worst first, or the other way round. */
export type FleetOrder = { by: FleetColumn | 'attention'; isReversed: boolean };

/** Whether somebody has to look at a portal; a paused one rests on purpose. */
export function needsAttention(portal: Portal): boolean {
  if (portal.status === 'paused') return false;
  return (
    portal.connection.state === 'failed' ||
    portal.phase === 'failed' ||
    isStale(portal) ||
    portal.visibilityLost.length > 0 ||
    (portal.certificate?.unexplained ?? 0) !== 0
  );
}

/** Share of the portal's own request counter that is in use; null when that is not known. */
export function loadOf({ budget }: Portal): number | null {
  if (budget === null || budget.level === null || budget.capacity === null || budget.capacity === 0) return null;
  return Math.min(1, Math.max(0, budget.level / budget.capacity));
}

/** Share of the history that is read; null while its size is not known. */
export function readShareOf({ phase, backfill }: Portal): number | null {
  if (phase === 'live') return 1;
  if (backfill.total === null) return null;
  return backfill.total === 0 ? 1 : Math.min(1, backfill.done / backfill.total);
}

const connections = { failed: 0, connecting: 1, connected: 2 } as const;
const phases = { failed: 0, waiting: 1, configuration: 2, backfill: 3, live: 4 } as const;

/** How bad a column looks, the less the worse; null where there is nothing to compare. */
const badness: Record<Exclude<FleetColumn, 'portal'>, (portal: Portal) => number | null> = {
  connection: ({ status, connection }) => (status === 'paused' ? 3 : connections[connection.state]),
  phase: (portal) => phases[portal.phase] + (readShareOf(portal) ?? 0) / 2,
  freshness: ({ freshness }) => (freshness.lagSeconds === null ? null : -freshness.lagSeconds),
  completeness: ({ certificate }) => completenessOf(certificate),
  behind: ({ freshness }) => -freshness.eventsBehind,
  budget: (portal) => {
    const load = loadOf(portal);
    return load === null ? null : -load;
  },
};

/** Portals in order; those without a value come last either way, equal ones by name. */
export function sortFleet(portals: readonly Portal[], { by, isReversed }: FleetOrder): Portal[] {
  const sign = isReversed ? -1 : 1;
  const byName = (left: Portal, right: Portal) => left.name.localeCompare(right.name, 'ru');
  if (by === 'portal') return portals.toSorted((left, right) => sign * byName(left, right));
  if (by === 'attention') {
    return portals.toSorted(
      (left, right) => Number(needsAttention(right)) - Number(needsAttention(left)) || byName(left, right),
    );
  }
  const valueOf = badness[by];
  return portals.toSorted((left, right) => {
    const one = valueOf(left);
    const other = valueOf(right);
    if (one === null || other === null) return Number(one === null) - Number(other === null) || byName(left, right);
    return sign * (one - other) || byName(left, right);
  });
}

/** What a click on a column's head sorts by next: first worst first, then the other way round. */
export function nextOrder(order: FleetOrder, column: FleetColumn): FleetOrder {
  return { by: column, isReversed: order.by === column && !order.isReversed };
}
