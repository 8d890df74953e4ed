import type { OperationsSummary, PortalCapture, Signal } from '../api/schema.js';

/** A bucket that is up to date. */
export const bucket = {
  projection: 'funnel',
  bucket: 3,
  head: 100,
  position: 100,
  events: 0,
  seconds: 0,
  status: 'running',
  stoppedAt: null,
  errorCode: null,
  worker: 'projector 1',
  portals: 1,
} as const;

export const calm: OperationsSummary = {
  at: '2026-03-12T12:00:00.000Z',
  lag: [bucket],
  relay: [],
  workers: [{ group: 'funnel', name: 'projector 1', buckets: [3] }],
  holes: { count: 0, countedAt: '2026-03-12T11:59:50.000Z' },
  quarantine: { poison: 0, queued: 0, oldestSeconds: null },
};

/** A signal of the portal that is a warning, unless told otherwise. */
export const signal = (name: Signal['signal'], told: Partial<Signal> = {}): Signal => ({
  ...{ signal: name, portalId: 'p1', portalName: 'Ромашка', subject: '', value: 1, unit: 'yes' },
  ...{ warnAt: 0, criticalAt: null, standing: 'warning' },
  ...told,
});

/** A portal that is polled and has nothing to wait for. */
export const portal = (name: string, told: Partial<PortalCapture> = {}): PortalCapture => ({
  ...{ portalId: name, portalName: name, zone: 'Europe/Moscow', status: 'active', phase: 'live' },
  ...{ connectionState: 'connected', connectionCode: null, rulesFrozenCode: null, visibilityLost: 0 },
  ...{ lastPollAt: calm.at, pollAgeSeconds: 5, dataThrough: calm.at, dataAgeSeconds: 5, heardAgeSeconds: 5 },
  ...{ certificate: null, budget: null, outbox: null },
  queue: { open: 0, overdue: 0, nearDue: 0, disputed: 0, oldestOverdueSeconds: 0 },
  ...told,
});

export const budget: NonNullable<PortalCapture['budget']> = {
  ...{ profile: 'standard', level: 10, capacity: 50, inFlight: 0, waiting: 0, sent: 100, refused: 0 },
  ...{ busiestMethod: 'crm.deal.list', busiestSeconds: 30, pausedMethods: 0, notedAt: calm.at },
};
