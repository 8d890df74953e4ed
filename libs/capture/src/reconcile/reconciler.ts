import { BitrixFailure, type BatchOutcome, readProfile, rowsOf } from '@funnelwatch/bitrix24';
import { type CompletenessCertifiedData, type EntityKind, pipelineObjectKinds } from '@funnelwatch/capture-contracts';
import { eventIdOf } from '@funnelwatch/event-log';
import { canonicalJson, type JsonObject } from '@funnelwatch/kernel';
import { int8Array } from '@funnelwatch/postgres';
import { isUnavailable } from '../configuration/read-configuration.js';
import { objectListingOf, type ObjectListing } from '../listings/captured-listings.js';
import { pageCommand } from '../listings/page-command.js';
import type { WatermarkGate } from '../live/live-reader.js';
import { recordLiveRows } from '../live/record-live-rows.js';
import { CAPTURE_STREAM } from '../live/watermark.js';
import type { PortalSession } from '../portal-session.js';
import { noteStageGaps } from '../stage-moves/stage-gaps.js';
import { readLastCertificate, readVisibilityLosses } from '../status/capture-status.js';
import { compareIds, type IdComparison } from './compare-ids.js';
import { findDeletions } from './find-deletions.js';
import { confirmedMissing, endVisibilityLoss, mostDeletionsAtOnce, noteVisibilityLoss } from './visibility.js';

export interface ReconcilerOptions {
  /** IANA zone of the portal: a certificate is of a day there. */
  zone: string;
  gate: WatermarkGate;
}

/** In this order: what belongs to a deleted object is explained by it. */
const reconciledKinds: readonly EntityKind[] = [
  'lead',
  'deal',
  'contact',
  'company',
  'invoice',
  'activity',
  'task',
  'requisite',
];

/** Objects of which a few are read again with every pass. */
const sampledKinds: ReadonlySet<EntityKind> = new Set(['lead', 'deal', 'contact', 'company', 'invoice']);
const SAMPLE_SIZE = 100;

/**
 * Passes over the sets of ids: finds deletions and merges, reads what was overlooked, notices lost rights, and
 * certifies completeness.
 */
export class Reconciler {
  constructor(
    private readonly session: PortalSession,
    private readonly options: ReconcilerOptions,
  ) {}

  /** Takes over what earlier passes found. */
  async resume(): Promise<void> {
    const { pool, writer } = this.session;
    const certificate = await readLastCertificate(pool, writer.portal.portalId);
    const losses = await readVisibilityLosses(pool, writer.portal.portalId);
    this.options.gate.isCertified = certificate !== null;
    this.options.gate.isVisibilityLost = losses.length > 0;
  }

  /** One pass over all kinds. */
  async pass(): Promise<void> {
    const expected: Record<string, number> = {};
    const held: Record<string, number> = {};
    let unexplained = 0;
    let isVisibilityLost = false;
    let startedAt = '';
    for (const kind of reconciledKinds) {
      const captured = objectListingOf(kind);
      const comparison = captured && (await this.compare(captured));
      if (!captured || !comparison) continue;
      startedAt ||= comparison.startedAt;
      const unread = await this.readUnknown(captured, comparison.unknown);
      const { isLost, left, gone } = await this.judgeMissing(comparison, isVisibilityLost);
      if (sampledKinds.has(kind)) await this.readSample(captured);
      isVisibilityLost ||= isLost;
      expected[kind] = comparison.expected;
      held[kind] = comparison.held + comparison.unknown.length - unread - gone;
      unexplained += unread + left;
    }
    this.options.gate.isVisibilityLost = isVisibilityLost;
    if (isVisibilityLost || startedAt === '') return;
    if (!(await this.maySeeEverything(expected))) return;
    await this.certify(
      { day: dayIn(this.options.zone, startedAt), scope: 'all', expected, held, unexplained },
      startedAt,
    );
    this.options.gate.isCertified = true;
  }

  /**
   * Lists are silently shorter for whoever may not read everything: such a portal agrees with itself and proves
   * nothing. Only an administrator's webhook that may list deals is worth a certificate.
   */
  private async maySeeEverything(compared: Record<string, number>): Promise<boolean> {
    const { client, signal, logger } = this.session;
    const { isAdministrator } = await readProfile(client, { priority: 'reconcile', signal });
    if (isAdministrator && 'deal' in compared) return true;
    logger.warn({ isAdministrator, compared }, 'No certificate: the webhook may not see the whole portal');
    return false;
  }

  private async compare(captured: ObjectListing): Promise<IdComparison | null> {
    try {
      return await compareIds(this.session, captured);
    } catch (error) {
      if (error instanceof BitrixFailure && isUnavailable(error)) return null;
      throw error;
    }
  }

  /** Reads listed objects that we do not hold. Returns how many are still not held. */
  private async readUnknown(captured: ObjectListing, numbers: number[]): Promise<number> {
    const read = await this.readById(captured, numbers);
    return numbers.filter((number) => !read.has(String(number))).length;
  }

  /**
   * Reads the objects not seen for the longest time again: changes that the portal makes without moving the modified
   * time show nowhere else.
   */
  private async readSample(captured: ObjectListing): Promise<void> {
    const { rows } = await this.session.pool.query<{ number: number }>({
      name: 'capture.longest_unseen',
      text: `SELECT number FROM capture.entity_head
              WHERE portal_id = $1 AND kind = $2 AND state = 'present' AND missed_passes = 0
              ORDER BY observed_request
              LIMIT $3`,
      values: [this.session.writer.portal.portalId, captured.kind, SAMPLE_SIZE],
    });
    await this.readById(
      captured,
      rows.map(({ number }) => number),
    );
  }

  private async readById(captured: ObjectListing, numbers: number[]): Promise<Set<string>> {
    const { session } = this;
    const read = new Set<string>();
    for (let from = 0; from < numbers.length; from += 500) {
      const part = numbers.slice(from, from + 500);
      const pages = Array.from({ length: Math.ceil(part.length / 50) }, (_, page) =>
        part.slice(page * 50, page * 50 + 50),
      );
      // tasks.task.list knows no prefix for "one of": a list of values means it.
      const name = captured.kind === 'task' ? captured.listing.filterId : `@${captured.listing.filterId}`;
      const commands = Object.fromEntries(
        pages.map((ids, index) => [`r${index}`, pageCommand(captured.listing, { filter: { [name]: ids } })]),
      );
      const request = session.nextRequest();
      const { outcomes } = await session.client.batch(commands, { priority: 'reconcile', signal: session.signal });
      for (const outcome of Object.values<BatchOutcome>(outcomes)) {
        if (!outcome.ok) throw outcome.failure;
        const observations = rowsOf(captured.listing, outcome.result).map((row) =>
          captured.normalise(row, session.configuration),
        );
        const observedAt = outcome.time?.startedAt ?? '';
        const { moved } = await recordLiveRows(session, captured, observations, { observedAt, request });
        for (const { id } of observations) read.add(id);
        const { kind } = captured;
        if (isPipelineKind(kind)) {
          await session.writer.write((unit) => noteStageGaps(unit, kind, moved.map(({ id }) => id).sort(), observedAt));
        }
      }
    }
    return read;
  }

  private async judgeMissing(
    comparison: IdComparison,
    isLostElsewhere: boolean,
  ): Promise<{ isLost: boolean; left: number; gone: number }> {
    const { session } = this;
    const { kind, held, startedAt } = comparison;
    const unowned =
      kind === 'activity' || kind === 'requisite' ? await this.ofVanishedOwners(kind, comparison.missing) : 0;
    const missing = comparison.missing.length - unowned;
    const isMany = missing > mostDeletionsAtOnce(held);
    const confirmed = isMany ? await session.writer.write((unit) => confirmedMissing(unit, kind)) : 0;
    if (isMany && missing > confirmed + (confirmed > 0 ? mostDeletionsAtOnce(held) : 0)) {
      const request = session.nextRequest();
      await session.writer.write((unit) => noteVisibilityLoss(unit, { kind, held, missing }, startedAt, request));
      session.logger.error({ kind, held, missing }, 'Rights to read seem lost: too many objects are missing at once');
      return { isLost: true, left: missing, gone: 0 };
    }
    // What a person confirmed stays noted until it is gone: it takes two passes.
    if (!isMany) await session.writer.write((unit) => endVisibilityLoss(unit, kind));
    // While rights seem lost for one kind, a refused `get` of another proves no deletion.
    if (isLostElsewhere) return { isLost: false, left: comparison.missing.length, gone: 0 };
    const gone = await findDeletions(session, kind, comparison.missing);
    for (const number of gone) session.tools.seen.forget(kind, String(number));
    if (gone.length > 0) session.logger.info({ kind, gone: gone.length }, 'Deleted objects were found');
    return { isLost: false, left: comparison.missing.length - gone.length, gone: gone.length };
  }

  /** How many of the missing belong to an object that is gone or missing itself. */
  private async ofVanishedOwners(kind: EntityKind, missing: number[]): Promise<number> {
    const { rows } = await this.session.pool.query<{ unowned: number }>(
      `SELECT count(*) AS unowned
         FROM capture.entity_head AS part
         JOIN capture.entity_head AS owner
           ON owner.portal_id = part.portal_id AND owner.kind = part.owner_kind AND owner.id = part.owner_id
        WHERE part.portal_id = $1 AND part.kind = $2 AND part.number = ANY ($3::int8[])
          AND (owner.state <> 'present' OR owner.missed_passes > 0)`,
      [this.session.writer.portal.portalId, kind, int8Array(missing)],
    );
    return rows[0]?.unowned ?? 0;
  }

  /** Tells the log the outcome unless it is the same as the last one. */
  private async certify(data: CompletenessCertifiedData, observedAt: string): Promise<void> {
    const { session } = this;
    const last = await readLastCertificate(session.pool, session.writer.portal.portalId);
    const request = session.nextRequest();
    const isNews =
      !last || canonicalJson({ ...last, certifiedAt: null }) !== canonicalJson({ ...data, certifiedAt: null });
    await session.writer.write(async (unit) => {
      if (isNews) {
        unit.append({
          eventId: eventIdOf(observedAt, `${unit.portal.portalId} certified ${request} ${canonicalJson(data)}`),
          streamId: CAPTURE_STREAM,
          type: 'CompletenessCertified',
          schemaVersion: 1,
          occurredAt: observedAt,
          actor: 'system',
          provenance: 'observed',
          data: data as unknown as JsonObject,
        });
      }
      await unit.tx.query(
        `WITH kept AS (
           DELETE FROM capture.certificate
            WHERE portal_id = $2 AND NOT $8
              AND certified_at = (SELECT max(certified_at) FROM capture.certificate WHERE portal_id = $2))
         INSERT INTO capture.certificate (bucket, portal_id, certified_at, day, scope, expected, held, unexplained)
         VALUES ($1, $2, clock_timestamp(), $3, $4, $5, $6, $7)`,
        [
          unit.portal.bucket,
          unit.portal.portalId,
          data.day,
          data.scope,
          JSON.stringify(data.expected),
          JSON.stringify(data.held),
          data.unexplained,
          isNews,
        ],
      );
    });
  }
}

function isPipelineKind(kind: EntityKind): kind is (typeof pipelineObjectKinds)[number] {
  return (pipelineObjectKinds as readonly string[]).includes(kind);
}

/** `YYYY-MM-DD` of an instant in a zone. */
function dayIn(zone: string, instant: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  );
}
