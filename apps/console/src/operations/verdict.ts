import type { OperationsSummary, Portal } from '../api/schema.js';

/** What a person has to look at, worst first. */
export type Concern =
  | { kind: 'holes'; count: number }
  | { kind: 'stopped'; buckets: number[] }
  | { kind: 'unattended'; buckets: number[] }
  | { kind: 'behind'; seconds: number }
  | { kind: 'relay'; seconds: number }
  | { kind: 'quarantine'; events: number; oldestSeconds: number }
  | { kind: 'uncertified'; portals: string[] }
  | { kind: 'gap'; portals: string[] };

/** Further behind than this, figures are noticeably old. */
const BEHIND_SECONDS = 60;
/** A day's certificate comes each night; this long without one means that nights were missed. */
const CERTIFICATE_SECONDS = 36 * 3600;

/** Seconds since a portal was last certified complete; `null` when it never was. */
export function certificateAge(portal: Portal, now: Date): number | null {
  return portal.certificate === null ? null : Math.max(0, (now.getTime() - Date.parse(portal.certificate.at)) / 1000);
}

/** What serves; a generation that is built or kept beside it is behind for as long as that takes. */
export function servingOf(lag: OperationsSummary['lag']): OperationsSummary['lag'] {
  return lag.filter(({ projection }) => !projection.includes('@'));
}

/** Everything that is not as it should be; nothing when all is well. */
export function concernsOf(summary: OperationsSummary, portals: readonly Portal[]): Concern[] {
  const now = new Date(summary.at);
  const concerns: Concern[] = [];
  const { holes, lag, quarantine } = summary;
  if (holes.count !== null && holes.count > 0) concerns.push({ kind: 'holes', count: holes.count });
  const bucketsWhere = (is: (each: OperationsSummary['lag'][number]) => boolean) =>
    [...new Set(lag.filter(is).map(({ bucket }) => bucket))].sort((left, right) => left - right);
  const stopped = bucketsWhere(({ status }) => status === 'stopped');
  if (stopped.length > 0) concerns.push({ kind: 'stopped', buckets: stopped });
  const unattended = bucketsWhere(({ worker, status }) => worker === null && status !== 'stopped');
  if (unattended.length > 0) concerns.push({ kind: 'unattended', buckets: unattended });
  const seconds = Math.max(0, ...servingOf(lag).map((each) => each.seconds));
  if (seconds > BEHIND_SECONDS) concerns.push({ kind: 'behind', seconds });
  const relaySeconds = Math.max(0, ...summary.relay.map((each) => each.seconds));
  if (relaySeconds > BEHIND_SECONDS) concerns.push({ kind: 'relay', seconds: relaySeconds });
  const events = quarantine.poison + quarantine.queued;
  if (events > 0) concerns.push({ kind: 'quarantine', events, oldestSeconds: quarantine.oldestSeconds ?? 0 });
  const live = portals.filter((portal) => portal.phase === 'live');
  const uncertified = live.filter((portal) => {
    const age = certificateAge(portal, now);
    return age !== null && age > CERTIFICATE_SECONDS;
  });
  if (uncertified.length > 0) concerns.push({ kind: 'uncertified', portals: uncertified.map(({ name }) => name) });
  const gaps = live.filter((portal) => (portal.certificate?.unexplained ?? 0) > 0);
  if (gaps.length > 0) concerns.push({ kind: 'gap', portals: gaps.map(({ name }) => name) });
  return concerns;
}

/** `0–3, 7`: numbers in order with runs drawn together. */
export function rangesOf(numbers: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const number of [...numbers].sort((left, right) => left - right)) {
    const run = runs.at(-1);
    if (run !== undefined && number <= run.last + 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs.map(({ first, last }) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}
