import type { JudgedPortal } from '@funnelwatch/curation';
import { type GeneratedCompany, liveFacts, type PortalOperation, scriptUntil } from '@funnelwatch/portal-generator';
import { type Bench, eventually } from './bench.js';
import { SimulatedPortal } from './simulated-portal.js';

/** Ticks within which live capture has surely read the configuration and the calls of the last hours once more. */
const SLOW_TICKS = 8;
/** How long a company is watched after its history; what happens then moves the last watermark beyond it. */
export const WATCHED_ON_MS = 60_000;

/**
 * Captures a portal from its first day on while its clock jumps from one operation to the next and stands still until
 * capture has seen what happened: so that capture knows what somebody knows who watches. `onStop` may look at what was
 * captured so far. Ends a minute after the history.
 */
export async function captureLive(
  bench: Bench,
  portal: JudgedPortal,
  company: GeneratedCompany,
  simulator: string[],
  onStop: (place: number) => Promise<void> = async () => undefined,
): Promise<void> {
  const { startAt, endAt } = company.parameters;
  const simulated = await SimulatedPortal.start('--history', 'none', '--speed', '0.000001', ...simulator);
  try {
    await simulated.standAt(startAt);
    const stop = bench.startCapture(portal, simulated.webhookUrl, { pollMs: 1, reconcileMs: 250, overlapMs: 1000 });
    try {
      const watcher = new Watcher(bench, portal);
      await eventually(() => watcher.hasWatermark(), 'the first watermark');
      for (const [place, { at, ...after }] of stopsOf(company).entries()) {
        await simulated.standAt(at);
        await watcher.sees(at, after);
        await onStop(place);
      }
      await eventually(() => watcher.hasToldAllOf(endAt), 'the last watermark');
      await eventually(() => watcher.hasNothingToFollow(), 'moves without a history row');
    } finally {
      await stop();
    }
  } finally {
    await simulated.stop();
  }
}

interface Stop {
  at: number;
  /** Something that is read every few ticks only. */
  isSlow: boolean;
  /** Records that vanish: `deal:12`. */
  gone: string[];
  /** Records that change without being modified. */
  silent: string[];
}

/** Configuration, and what is filled in of a call afterwards. */
function isReadSlowly(operation: PortalOperation): boolean {
  if (!('entity' in operation)) return false;
  return (
    ['status', 'category', 'department'].includes(operation.entity) ||
    (operation.entity === 'call' && operation.op === 'update')
  );
}

/** Every instant after the first at which something happens, and what capture must have noticed of it. */
function stopsOf(company: GeneratedCompany): Stop[] {
  const { startAt, endAt } = company.parameters;
  const until = endAt + WATCHED_ON_MS;
  const facts = liveFacts(company, until);
  const gone = [
    ...facts.cards.map(({ kind, id, goneAt }) => ({ stream: `${kind}:${id}`, goneAt })),
    ...facts.activities.map(({ id, goneAt }) => ({ stream: `activity:${id}`, goneAt })),
    ...facts.tasks.map(({ id, goneAt }) => ({ stream: `task:${id}`, goneAt })),
    ...facts.requisites.map(({ id, goneAt }) => ({ stream: `requisite:${id}`, goneAt })),
  ];
  const goneAt = Map.groupBy(gone, (record) => record.goneAt);
  const operations = [...scriptUntil(company, until)].filter(({ at }) => at > startAt);
  return [...Map.groupBy(operations, ({ at }) => at)].map(([at, made]) => ({
    at,
    isSlow: at > endAt || made.some(isReadSlowly),
    gone: (goneAt.get(at) ?? []).map(({ stream }) => stream),
    silent: made.flatMap((one) => (one.op === 'update' && one.way === 'silent' ? [`${one.entity}:${one.id}`] : [])),
  }));
}

/** Looks at what capture of a portal has come to. */
class Watcher {
  constructor(
    private readonly bench: Bench,
    private readonly portal: JudgedPortal,
  ) {}

  async hasWatermark(): Promise<boolean> {
    return Object.keys((await this.bench.status(this.portal))?.through ?? {}).length > 0;
  }

  async hasToldAllOf(at: number): Promise<boolean> {
    const through = Object.values((await this.bench.status(this.portal))?.through ?? {});
    return through.every((one) => Date.parse(one) >= at);
  }

  async hasNothingToFollow(): Promise<boolean> {
    const { rows } = await this.bench.pool.query<{ left: number }>(
      'SELECT count(*)::int AS left FROM capture.follow_up WHERE portal_id = $1',
      [this.portal.portalId],
    );
    return rows[0]?.left === 0;
  }

  /** Waits until capture has seen the portal at an instant. */
  async sees(at: number, { isSlow, gone, silent }: Omit<Stop, 'at'>): Promise<void> {
    const told = new Date(Math.floor(at / 1000) * 1000).toISOString();
    const what = `the portal at ${told}`;
    await eventually(async () => ((await this.bench.status(this.portal))?.portalTime ?? '') >= told, what);
    if (isSlow) await this.ticks(SLOW_TICKS);
    if (gone.length > 0) await eventually(() => this.areGone(gone), `${gone.join(' ')} gone at ${told}`);
    if (silent.length > 0) await eventually(() => this.wereRead(silent, told), `${silent.join(' ')} read at ${told}`);
  }

  private async ticks(count: number): Promise<void> {
    let last = '';
    let seen = -1;
    await eventually(async () => {
      const tick = (await this.bench.status(this.portal))?.lastTickAt ?? '';
      if (tick !== last) seen += 1;
      last = tick;
      return seen >= count;
    }, `${count} ticks`);
  }

  private async areGone(streams: string[]): Promise<boolean> {
    const { rows } = await this.bench.pool.query<{ present: number }>(
      `SELECT count(*)::int AS present FROM capture.entity_head
        WHERE portal_id = $1 AND kind || ':' || id = ANY ($2::text[]) AND state = 'present'`,
      [this.portal.portalId, streams],
    );
    return rows[0]?.present === 0;
  }

  private async wereRead(streams: string[], told: string): Promise<boolean> {
    const { rows } = await this.bench.pool.query<{ unread: number }>(
      `SELECT count(*)::int AS unread FROM capture.entity_head
        WHERE portal_id = $1 AND kind || ':' || id = ANY ($2::text[]) AND state = 'present' AND observed_at < $3`,
      [this.portal.portalId, streams, told],
    );
    return rows[0]?.unread === 0;
  }
}
