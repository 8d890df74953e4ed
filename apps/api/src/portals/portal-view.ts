import type { RegisteredPortal } from '@funnelwatch/portals';
import type { CaptureState, CertificateRow, ListingRow } from './capture-state.js';
import type { PortalView } from './portals.schemas.js';
import type { ProjectedState } from './projected-state.js';

/** A portal as the API shows it, from the registry, what capture wrote down and how far the read models are. */
export function portalView(portal: RegisteredPortal, capture: CaptureState, projected: ProjectedState): PortalView {
  const { status, certificate } = capture;
  return {
    portalId: portal.portalId,
    name: portal.name,
    host: portal.host,
    zone: portal.zone,
    currency: portal.currency,
    language: portal.language,
    workingHours: portal.workingHours,
    settingsVersion: portal.settingsVersion,
    status: portal.status,
    connection: {
      state: portal.connectionState,
      code: portal.connectionCode,
      message: portal.connectionMessage,
    },
    phase: status?.phase ?? 'waiting',
    backfill: backfillOf(capture.listings),
    freshness: {
      lastTickAt: status?.lastTickAt?.toISOString() ?? null,
      through: earliestOf(status?.through ?? null),
      lagSeconds: status?.lagSeconds ?? null,
      projected: `${portal.bucket}:${projected.position}`,
      eventsBehind: projected.eventsBehind,
    },
    certificate: certificate && certificateOf(certificate),
    counts: projected.counts,
    visibilityLost: capture.visibilityLost.map((loss) => ({ ...loss, since: loss.since.toISOString() })),
    budget: budgetOf(status?.limiter),
    createdAt: portal.createdAt,
  };
}

function backfillOf(listings: ListingRow[]): PortalView['backfill'] {
  const done = sum(listings.map((listing) => listing.done));
  const isCounted = listings.length > 0 && listings.every(({ total, state }) => total !== null || isOver(state));
  const total = isCounted ? sum(listings.map((listing) => listing.total ?? listing.done)) : null;
  const recordsPerSecond = rateOf(listings, done);
  const left = total === null ? null : Math.max(0, total - done);
  const isAllOver = listings.length > 0 && listings.every(({ state }) => isOver(state));
  return {
    done,
    total,
    recordsPerSecond,
    secondsLeft: isAllOver ? 0 : left === null || !recordsPerSecond ? null : Math.ceil(left / recordsPerSecond),
    listings: listings.map(({ listing, state, message, startedAt, updatedAt, ...counts }) => ({
      listing,
      state,
      message,
      done: counts.done,
      total: counts.total,
      startedAt: startedAt?.toISOString() ?? null,
      updatedAt: updatedAt.toISOString(),
    })),
  };
}

const isOver = (state: ListingRow['state']) => state === 'done' || state === 'unavailable';

/** Records per second from the first listing's start to the latest news of any. */
function rateOf(listings: ListingRow[], done: number): number | null {
  const starts = listings.flatMap(({ startedAt }) => (startedAt ? [startedAt.getTime()] : []));
  if (starts.length === 0) return null;
  const latest = Math.max(...listings.map(({ updatedAt, finishedAt }) => (finishedAt ?? updatedAt).getTime()));
  const seconds = (latest - Math.min(...starts)) / 1000;
  return seconds > 0 ? Math.round((done / seconds) * 10) / 10 : null;
}

/** All feeds are complete through the least of their instants. */
function earliestOf(through: Record<string, string> | null): string | null {
  const instants = Object.values(through ?? {}).sort();
  return instants[0] ?? null;
}

function certificateOf(row: CertificateRow): NonNullable<PortalView['certificate']> {
  const kinds = [...new Set([...Object.keys(row.expected), ...Object.keys(row.held)])].sort();
  return {
    day: row.day,
    at: row.certifiedAt.toISOString(),
    scope: row.scope,
    expected: sum(Object.values(row.expected)),
    held: sum(Object.values(row.held)),
    unexplained: row.unexplained,
    byKind: kinds.map((kind) => ({ kind, expected: row.expected[kind] ?? 0, held: row.held[kind] ?? 0 })),
  };
}

/** The state of the limiter as capture stored it; null when there is none yet or it has a form we do not know. */
function budgetOf(limiter: unknown): PortalView['budget'] {
  if (typeof limiter !== 'object' || limiter === null || Array.isArray(limiter)) return null;
  const state = limiter as Record<string, unknown>;
  const waiting = typeof state['waiting'] === 'object' && state['waiting'] !== null ? state['waiting'] : {};
  const operating: unknown[] = Array.isArray(state['operating']) ? state['operating'] : [];
  return {
    profile: typeof state['profile'] === 'string' ? state['profile'] : 'standard',
    level: numberOf(state['level']),
    capacity: numberOf(state['capacity']),
    waiting: sum(Object.values(waiting).map((count) => numberOf(count) ?? 0)),
    sent: numberOf(state['sent']) ?? 0,
    refused: numberOf(state['refused']) ?? 0,
    pausedMethods: operating.flatMap((entry) => {
      const { method, pausedForMs } = entry as { method?: unknown; pausedForMs?: unknown };
      const pausedMs = numberOf(pausedForMs) ?? 0;
      return typeof method === 'string' && pausedMs > 0 ? [{ method, seconds: Math.ceil(pausedMs / 1000) }] : [];
    }),
  };
}

const numberOf = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
