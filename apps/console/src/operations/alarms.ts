import type { OperationsSummary, PortalCapture, Signal } from '../api/schema.js';

/** What stands in the summary and is no signal, and signals that are told in words of their own. */
type OwnKind = 'log_holes' | 'rebuild_stopped' | 'bucket_unattended' | 'relay_lag' | 'quarantined_events';
export type AlarmKind = Signal['signal'] | OwnKind;

/** Something that somebody has to look at. */
export type Alarm = {
  key: string;
  kind: AlarmKind;
  standing: 'critical' | 'warning';
  /** Null for what concerns the installation. */
  portal: { portalId: string; name: string } | null;
  /** A plan, a channel or a read model; empty where there is but one. */
  subject: string;
  buckets: number[];
  unit: Signal['unit'];
  value: number;
  /** The bound that the figure is above. */
  limit: number | null;
  /** Why, where a code tells it. */
  code: string | null;
  /** How long the oldest has waited, where the figure counts things. */
  sinceSeconds: number | null;
};

/** What to read about each kind, a file of docs/runbooks. The gravest kinds come first. */
export const runbooks = {
  log_holes: 'log-damaged',
  read_model_stopped: 'projection-stopped',
  rebuild_stopped: 'projection-stopped',
  connection_broken: 'portal-auth-broken',
  visibility_lost: 'visibility-lost',
  capture_silent: 'ingestion-stalled',
  capture_lag: 'ingestion-lag-high',
  quarantine_age: 'quarantine-old',
  quarantined_events: 'quarantine-old',
  bucket_unattended: 'read-model-stale',
  read_model_lag: 'read-model-stale',
  relay_lag: 'relay-lag-high',
  certificate_age: 'certificate-old',
  unexplained: 'records-unexplained',
  rules_frozen: 'rule-clock-frozen',
  figures_age: 'figures-stale',
  outbox_overdue: 'outbox-overdue',
  cases_overdue: 'violation-sla-breach',
  cases_near_due: 'violation-sla-near',
  plan_pace: 'plan-at-risk',
} as const satisfies Record<AlarmKind, string>;

const kinds = Object.keys(runbooks) as AlarmKind[];

/** Everything that is not as it should be, critical first; nothing when all is well. */
export function alarmsOf(
  signals: readonly Signal[],
  summary: OperationsSummary,
  portals: readonly PortalCapture[],
): Alarm[] {
  const raised = inBucketsTogether(signals.flatMap((signal) => alarmOf(signal, portals)));
  const isTold = raised.some(({ kind }) => kind === 'quarantine_age');
  return [...raised, ...alarmsOfSummary(summary, isTold)].sort(
    (left, right) =>
      Number(right.standing === 'critical') - Number(left.standing === 'critical') ||
      kinds.indexOf(left.kind) - kinds.indexOf(right.kind),
  );
}

const nothing = { portal: null, subject: '', buckets: [], limit: null, code: null, sinceSeconds: null };

function alarmOf(signal: Signal, portals: readonly PortalCapture[]): Alarm[] {
  const { standing, portalId, portalName, unit, value } = signal;
  if (standing === 'well') return [];
  const place = bucketOf(signal);
  const portal = portals.find((each) => each.portalId === portalId);
  const kind = signal.signal === 'read_model_lag' && place?.projection === 'relay' ? 'relay_lag' : signal.signal;
  const codes: Partial<Record<AlarmKind, string | null>> = {
    connection_broken: portal?.connectionCode ?? null,
    rules_frozen: portal?.rulesFrozenCode ?? null,
  };
  return [
    {
      key: [kind, standing, portalId, place?.projection ?? signal.subject].join(' '),
      kind,
      standing,
      portal: portalId === null ? null : { portalId, name: portalName ?? portalId },
      subject: place?.projection ?? signal.subject,
      buckets: place === null ? [] : [place.bucket],
      unit,
      value,
      limit: standing === 'critical' ? signal.criticalAt : signal.warnAt,
      code: codes[kind] ?? null,
      sinceSeconds: kind === 'cases_overdue' ? (portal?.queue.oldestOverdueSeconds ?? null) : null,
    },
  ];
}

/** The read model and bucket that a signal is about: `funnel:3`. */
function bucketOf({ signal, subject }: Signal): { projection: string; bucket: number } | null {
  if (signal !== 'read_model_lag' && signal !== 'read_model_stopped') return null;
  const colon = subject.lastIndexOf(':');
  return { projection: subject.slice(0, colon), bucket: Number(subject.slice(colon + 1)) };
}

/** A read model is one line however many of its buckets are concerned, with the greatest figure. */
function inBucketsTogether(alarms: readonly Alarm[]): Alarm[] {
  const together = new Map<string, Alarm>();
  for (const alarm of alarms) {
    const known = together.get(alarm.key);
    if (known === undefined) {
      together.set(alarm.key, { ...alarm });
    } else {
      known.buckets = [...known.buckets, ...alarm.buckets];
      known.value = Math.max(known.value, alarm.value);
    }
  }
  return [...together.values()];
}

/** What only the summary knows of. Quarantine of portals that are removed is no portal's signal any more. */
function alarmsOfSummary({ holes, lag, quarantine }: OperationsSummary, isQuarantineTold: boolean): Alarm[] {
  const counted = { ...nothing, unit: 'count' } as const;
  const alarms: Alarm[] = [];
  if (holes.count !== null && holes.count > 0) {
    alarms.push({ ...counted, key: 'log_holes', kind: 'log_holes', standing: 'critical', value: holes.count });
  }
  for (const { projection, bucket, status } of lag) {
    if (status !== 'stopped' || !projection.includes('@')) continue;
    const key = `rebuild_stopped ${projection}`;
    const stopped = { kind: 'rebuild_stopped', standing: 'critical', subject: projection, value: 1 } as const;
    alarms.push({ ...counted, ...stopped, key, buckets: [bucket] });
  }
  const unattended = lag.filter(({ worker, status }) => worker === null && status !== 'stopped');
  if (unattended.length > 0) {
    const buckets = [...new Set(unattended.map(({ bucket }) => bucket))];
    const kind = 'bucket_unattended';
    alarms.push({ ...counted, key: kind, kind, standing: 'warning', buckets, value: buckets.length });
  }
  const events = quarantine.poison + quarantine.queued;
  if (events > 0 && !isQuarantineTold) {
    const kind = 'quarantined_events';
    const sinceSeconds = quarantine.oldestSeconds ?? 0;
    alarms.push({ ...counted, key: kind, kind, standing: 'warning', value: events, sinceSeconds });
  }
  return inBucketsTogether(alarms);
}

/** How badly a portal's signals stand; undefined where none of them is raised. */
export function standingOf(
  signals: readonly Signal[],
  portalId: string,
  ...names: readonly Signal['signal'][]
): Alarm['standing'] | undefined {
  const raised = signals.filter((each) => each.portalId === portalId && names.includes(each.signal));
  if (raised.some(({ standing }) => standing === 'critical')) return 'critical';
  return raised.some(({ standing }) => standing === 'warning') ? 'warning' : undefined;
}
