import { type BatchOutcome, type Command, type ListingName, rowsOf } from '@funnelwatch/bitrix24';
import type { PipelineObjectKind } from '@funnelwatch/capture-contracts';
import type { JsonValue } from '@funnelwatch/kernel';
import { liveIdsFeed, liveWindowFeed } from '../backfill/plan-backfill.js';
import { readBackfillProgress } from '../backfill/backfill-progress.js';
import {
  configurationCommands,
  configurationFrom,
  isRefusal,
  isUnavailable,
} from '../configuration/read-configuration.js';
import { recordConfiguration } from '../configuration/record-configuration.js';
import {
  type CapturedListing,
  capturedListings,
  essentialListings,
  type HistoryListing,
  type ObjectListing,
} from '../listings/captured-listings.js';
import { numberOf, pageCommand } from '../listings/page-command.js';
import { settleDoubtfulLists } from '../matches/settle-doubtful-lists.js';
import { normaliseDepartment } from '../normalise/department.js';
import type { Observation, PortalRow } from '../normalise/observation.js';
import { normaliseStageHistoryRow, type StageHistoryRow } from '../normalise/stage-history.js';
import type { EntityHead } from '../observe/entity-head.js';
import { recordObservations, unseenOf } from '../observe/record-observations.js';
import type { PortalSession } from '../portal-session.js';
import { recordHistory } from '../stage-moves/record-history.js';
import { noteStageGaps, requestHistory } from '../stage-moves/stage-gaps.js';
import { updateStatus } from '../status/capture-status.js';
import { loadCursors, saveCursors } from '../write/cursors.js';
import { awaitedHistories, historyCommands, recordAwaitedHistories } from './awaited-histories.js';
import { followProductRows } from './follow-ups.js';
import { recordLiveRows } from './record-live-rows.js';
import { isFullPage, restOfListing } from './rest-of-listing.js';
import { appendWatermark } from './watermark.js';

/** What other feeds say about whether the watermark may move. */
export interface WatermarkGate {
  /** A certificate of completeness was given. */
  isCertified: boolean;
  /** Rights seem lost: nothing may be concluded from silence. */
  isVisibilityLost: boolean;
}

export interface LiveOptions {
  /** How far windows of modified time reach back behind what is complete; portal time. */
  overlapMs: number;
  /** Configuration, departments and running calls are read every so many ticks. */
  slowEveryTicks: number;
  gate: WatermarkGate;
}

/** Ids read again below the greatest known one: rows of the portal become visible out of order, too. */
const ID_OVERLAP = 20;
/** How long a call may still get its duration, record and links. */
const CALL_SETTLING_MS = 2 * 3_600_000;
/** A portal whose time does not move for so many ticks and so long stands still. */
const STANDING_TICKS = 3;
const STANDING_MS = 5000;
const QUIET_WATERMARK_MS = 60_000;

const objectListings = capturedListings.filter((one): one is ObjectListing => one.holds === 'objects');
const historyListings = capturedListings.filter((one): one is HistoryListing => one.holds === 'stage-history');
const userListings = objectListings.filter(({ kind }) => kind === 'user');
const windowListings = objectListings.filter(({ kind, listing }) => listing.modifiedField !== null && kind !== 'call');
const idListings = objectListings.filter(({ kind }) => kind !== 'user');

interface ReadPage {
  rows: PortalRow[];
  observedAt: string;
  request: number;
}

interface TickCounts {
  facts: number;
  counts: Record<string, number>;
}

/**
 * One batched request per tick: new stage history, objects modified since the last tick less an overlap, ids beyond
 * the last known (imports come with old times), users, every few ticks the configuration. What the windows show again
 * is known by its content and costs nothing.
 */
export class LiveReader {
  private readonly ids = new Map<string, number>();
  private readonly windows = new Map<string, string>();
  private readonly userAfter = new Map<string, number>();
  private readonly refused = new Set<ListingName>();
  private readonly seenRows = new Map<string, Set<number>>();
  private readonly finishedHistories = new Set<PipelineObjectKind>();
  private tickNumber = 0;
  private isConfigurationDue = false;
  private portalNow: string | null = null;
  private standing = { ticks: 0, sinceMs: 0 };
  private savedThrough = '';
  private lastWatermarkMs = 0;

  private constructor(
    private readonly session: PortalSession,
    private readonly options: LiveOptions,
  ) {}

  /** Takes up the cursors that the plan of the backfill or the last holder left. */
  static async resume(session: PortalSession, options: LiveOptions): Promise<LiveReader> {
    const reader = new LiveReader(session, options);
    const cursors = await loadCursors(session.pool, session.writer.portal);
    for (const { name } of capturedListings) {
      const id = cursors.get(liveIdsFeed(name));
      const window = cursors.get(liveWindowFeed(name));
      if (typeof id === 'number') reader.ids.set(name, id);
      if (typeof window === 'string') reader.windows.set(name, window);
    }
    const { rows } = await session.pool.query<{ through: Record<string, string> | null }>(
      'SELECT through FROM capture.status WHERE portal_id = $1',
      [session.writer.portal.portalId],
    );
    reader.savedThrough = JSON.stringify(rows[0]?.through ?? {});
    return reader;
  }

  /** One round. Throws `BitrixFailure` when the portal does not answer; the next round makes up for it. */
  async tick(): Promise<void> {
    const startedMs = this.session.clock.now().getTime();
    const appendedBefore = this.session.writer.appended;
    this.tickNumber += 1;
    await this.noteFinishedHistories();
    const isSlow =
      this.isConfigurationDue || this.tickNumber % this.options.slowEveryTicks === 1 % this.options.slowEveryTicks;
    const isClockStanding = this.isClockStanding(startedMs);
    const awaited = await awaitedHistories(this.session, this.portalNow, isClockStanding);
    const commands = { ...this.commands(isSlow), ...historyCommands(awaited) };
    const request = this.session.nextRequest();
    const { outcomes, time } = await this.session.client.batch(commands, {
      priority: 'live',
      signal: this.session.signal,
    });
    if (time) this.observePortalTime(time.startedAt, startedMs);
    const tick: TickCounts = { facts: 0, counts: {} };
    if (isSlow) await this.takeConfiguration(outcomes, request);
    const moved = await this.takeObjects(outcomes, request, tick);
    await this.takeHistory(outcomes, request, moved);
    await recordAwaitedHistories(this.session, awaited, outcomes, request, {
      portalNow: this.portalNow,
      isStanding: isClockStanding,
    });
    await followProductRows(this.session);
    if (this.portalNow !== null) await settleDoubtfulLists(this.session, this.portalNow);
    tick.facts = this.session.writer.appended - appendedBefore;
    await this.finish(tick, startedMs, request);
  }

  private commands(isSlow: boolean): Record<string, Command> {
    const commands: Record<string, Command> = {};
    // History before objects: an object is then never older than the moves that were read with it.
    for (const { name, listing } of historyListings) {
      if (!this.refused.has(name)) commands[`i_${name}`] = pageCommand(listing, { after: this.idsAfter(name) });
    }
    for (const { name, listing } of windowListings) {
      const from = this.windowStart(name);
      if (!this.refused.has(name) && from) commands[`w_${name}`] = pageCommand(listing, { modified: { from } });
    }
    for (const { name, listing } of idListings) {
      if (!this.refused.has(name)) commands[`i_${name}`] = pageCommand(listing, { after: this.idsAfter(name) });
    }
    for (const { name, listing } of userListings) {
      if (!this.refused.has(name))
        commands[`u_${name}`] = pageCommand(listing, { after: this.userAfter.get(name) ?? 0 });
    }
    if (isSlow) {
      Object.assign(commands, configurationCommands());
      const from = this.windowStart('calls', CALL_SETTLING_MS);
      const calls = idListings.find(({ name }) => name === 'calls');
      if (calls && from && !this.refused.has('calls'))
        commands['w_calls'] = pageCommand(calls.listing, { modified: { from } });
    }
    return commands;
  }

  private idsAfter(name: string): number {
    const known = this.ids.get(name) ?? 0;
    const overlaps = name === 'calls' || name.endsWith('StageHistory');
    return overlaps ? Math.max(0, known - ID_OVERLAP) : known;
  }

  private windowStart(name: string, overlapMs = this.options.overlapMs): string | undefined {
    const through = this.windows.get(name);
    return through === undefined ? undefined : new Date(Date.parse(through) - overlapMs).toISOString();
  }

  private async takeConfiguration(outcomes: Record<string, BatchOutcome>, request: number): Promise<void> {
    const { session } = this;
    const { configuration, departments, time } = await configurationFrom(session.client, outcomes, session.signal);
    session.configuration = configuration;
    this.isConfigurationDue = false;
    this.windows.set('configuration', time.startedAt);
    const sighting = { observedAt: time.startedAt, request, provenance: 'observed' } as const;
    const fresh = unseenOf(session.tools, departments.map(normaliseDepartment));
    await session.writer.write(async (unit) => {
      await recordConfiguration(unit, configuration, sighting);
      await recordObservations(unit, session.tools, 'department', fresh, sighting);
    });
  }

  private async takeObjects(
    outcomes: Record<string, BatchOutcome>,
    request: number,
    tick: TickCounts,
  ): Promise<EntityHead[]> {
    const moved: EntityHead[] = [];
    for (const captured of objectListings) {
      for (const source of ['w', 'i', 'u'] as const) {
        const outcome = this.answered(outcomes, `${source}_${captured.name}`, captured.name);
        if (!outcome) continue;
        const observedAt = outcome.time?.startedAt ?? this.portalNow ?? '';
        const page = { rows: rowsOf(captured.listing, outcome.result), observedAt, request };
        await this.takePages(captured, source, page, moved, tick);
        if (source !== 'i') this.windows.set(captured.name, observedAt);
        else if (!this.windows.has(captured.name) || captured.kind === 'call')
          this.windows.set(captured.name, observedAt);
      }
    }
    return moved;
  }

  /** A first page, and what follows it when it was full. */
  private async takePages(
    captured: ObjectListing,
    source: 'w' | 'i' | 'u',
    first: ReadPage,
    moved: EntityHead[],
    tick: TickCounts,
  ): Promise<void> {
    moved.push(...(await this.takeRows(captured, source, first, tick)));
    const firstPage = first.rows;
    const last = lastNumber(captured, firstPage);
    if (source === 'u') {
      // Portals with more users than a page are read round and round, a page a tick.
      this.userAfter.set(captured.name, isFullPage(firstPage) ? (last ?? 0) : 0);
      return;
    }
    if (!isFullPage(firstPage) || last === undefined) return;
    const overlapMs = captured.name === 'calls' ? CALL_SETTLING_MS : undefined;
    const modified = source === 'w' ? { from: this.windowStart(captured.name, overlapMs) } : undefined;
    for await (const page of restOfListing(this.session, captured.listing, { modified }, last)) {
      moved.push(...(await this.takeRows(captured, source, page, tick)));
    }
  }

  private async takeRows(
    captured: ObjectListing,
    source: 'w' | 'i' | 'u',
    page: ReadPage,
    tick: TickCounts,
  ): Promise<EntityHead[]> {
    const { session } = this;
    const greatest = source === 'i' ? lastNumber(captured, page.rows) : undefined;
    const observations = page.rows.map((row) => captured.normalise(row, session.configuration));
    const fresh = unseenOf(session.tools, observations);
    if (fresh.some((observation) => this.standsInUnknownStage(observation))) this.isConfigurationDue = true;
    const { moved, facts } = await recordLiveRows(session, captured, fresh, page);
    if (facts > 0) tick.counts[captured.name] = (tick.counts[captured.name] ?? 0) + facts;
    if (greatest !== undefined && greatest > (this.ids.get(captured.name) ?? 0)) this.ids.set(captured.name, greatest);
    return moved;
  }

  private async takeHistory(
    outcomes: Record<string, BatchOutcome>,
    request: number,
    moved: EntityHead[],
  ): Promise<void> {
    for (const captured of historyListings) {
      const outcome = this.answered(outcomes, `i_${captured.name}`, captured.name);
      const movedIds = moved.filter(({ kind }) => kind === captured.kind).map(({ id }) => id);
      const observedAt = outcome?.time?.startedAt ?? this.portalNow ?? '';
      if (outcome) {
        const firstPage = rowsOf(captured.listing, outcome.result);
        await this.takeHistoryRows(captured, { rows: firstPage, observedAt, request }, movedIds);
        const last = lastNumber(captured, firstPage);
        if (isFullPage(firstPage) && last !== undefined) {
          for await (const page of restOfListing(this.session, captured.listing, {}, last)) {
            await this.takeHistoryRows(captured, page, []);
          }
        }
        this.windows.set(captured.name, observedAt);
      } else if (movedIds.length > 0) {
        // No history on this portal: the object alone tells where it stands.
        await this.takeHistoryRows(captured, { rows: [], observedAt, request }, movedIds);
      }
    }
  }

  private async takeHistoryRows(
    captured: HistoryListing,
    { rows, observedAt, request }: ReadPage,
    movedIds: string[],
  ): Promise<void> {
    const { session } = this;
    const seen = this.seenRowsOf(captured.name);
    const entries = rows
      .map((row) => normaliseStageHistoryRow(captured.kind, row))
      .filter((entry): entry is StageHistoryRow => entry !== null && !seen.has(entry.rowId));
    if (entries.length === 0 && movedIds.length === 0) return;
    await session.writer.write(async (unit) => {
      const sighting = { observedAt, request, provenance: 'observed' } as const;
      const { unclearOwners } = await recordHistory(unit, captured.kind, entries, sighting);
      if (!this.finishedHistories.has(captured.kind)) {
        await requestHistory(unit, captured.kind, unclearOwners, observedAt);
        return;
      }
      const touched = [...new Set([...movedIds, ...entries.map(({ ownerId }) => ownerId)])].sort();
      await noteStageGaps(unit, captured.kind, touched, observedAt);
      await requestHistory(unit, captured.kind, unclearOwners, observedAt);
    });
    for (const { rowId } of entries) seen.add(rowId);
    const greatest = Math.max(this.ids.get(captured.name) ?? 0, ...entries.map(({ rowId }) => rowId));
    this.ids.set(captured.name, greatest);
    for (const rowId of seen) if (rowId < greatest - 10 * ID_OVERLAP) seen.delete(rowId);
  }

  private async finish(tick: TickCounts, startedMs: number, request: number): Promise<void> {
    const { session } = this;
    const nowMs = session.clock.now().getTime();
    const through = Object.fromEntries([...this.windows].sort(([a], [b]) => (a < b ? -1 : 1)));
    const throughText = JSON.stringify(through);
    const mayAdvance = this.options.gate.isCertified && !this.options.gate.isVisibilityLost;
    const isQuietDue = nowMs - this.lastWatermarkMs >= QUIET_WATERMARK_MS && throughText !== this.savedThrough;
    const advances = mayAdvance && this.portalNow !== null && (tick.facts > 0 || isQuietDue);
    const lagSeconds = (nowMs - startedMs) / 1000;
    const state = session.client.limiter.state();
    await session.writer.write(async (unit) => {
      if (advances) appendWatermark(unit, { through, counts: tick.counts }, request);
      if (tick.facts > 0 || advances) await saveCursors(unit, this.positions());
      await updateStatus(unit.tx, unit.portal, {
        lastTickAt: new Date(nowMs).toISOString(),
        portalTime: this.portalNow ?? undefined,
        lagSeconds,
        limiter: state as unknown as JsonValue,
        ...(advances ? { through, watermarkAt: new Date(nowMs).toISOString() } : {}),
      });
    });
    if (advances) {
      this.lastWatermarkMs = nowMs;
      this.savedThrough = throughText;
    }
    if (tick.facts > 0) session.logger.info({ ...tick, lagSeconds }, 'Live changes were captured');
  }

  private positions(): Record<string, JsonValue> {
    const positions: Record<string, JsonValue> = {};
    for (const { name } of capturedListings) {
      const id = this.ids.get(name);
      const window = this.windows.get(name);
      if (id !== undefined) positions[liveIdsFeed(name)] = id;
      if (window !== undefined) positions[liveWindowFeed(name)] = window;
    }
    return positions;
  }

  private answered(
    outcomes: Record<string, BatchOutcome>,
    key: string,
    name: ListingName,
  ): Extract<BatchOutcome, { ok: true }> | null {
    const outcome = outcomes[key];
    if (!outcome) return null;
    if (outcome.ok) return outcome;
    const { failure } = outcome;
    if (essentialListings.has(name) || !isUnavailable(failure)) throw failure;
    // What nobody knows may pass: the listing is asked again, and until then its own feed stands still.
    if (isRefusal(failure)) this.refused.add(name);
    this.session.logger.warn({ listing: name, code: failure.code }, 'The portal refuses a listing');
    return null;
  }

  private standsInUnknownStage({ kind, fields }: Observation): boolean {
    if (kind !== 'lead' && kind !== 'deal' && kind !== 'invoice') return false;
    const pipelines = this.session.configuration.pipelines[kind] ?? [];
    return !pipelines.some(
      ({ pipelineId, stages }) =>
        pipelineId === fields['pipelineId'] && stages.some(({ stageId }) => stageId === fields['stageId']),
    );
  }

  private seenRowsOf(name: string): Set<number> {
    let seen = this.seenRows.get(name);
    if (!seen) this.seenRows.set(name, (seen = new Set()));
    return seen;
  }

  /** Until the whole history of a kind was read, a missing row proves nothing. */
  private async noteFinishedHistories(): Promise<void> {
    if (this.finishedHistories.size === historyListings.length) return;
    const progress = await readBackfillProgress(this.session.pool, this.session.writer.portal.portalId);
    for (const { name, kind } of historyListings) {
      const state = progress.find(({ listing }) => listing === name)?.state;
      if (state === 'done' || state === 'unavailable') this.finishedHistories.add(kind);
    }
  }

  private observePortalTime(startedAt: string, nowMs: number): void {
    if (startedAt === this.portalNow) this.standing.ticks += 1;
    else this.standing = { ticks: 0, sinceMs: nowMs };
    this.portalNow = startedAt;
  }

  private isClockStanding(nowMs: number): boolean {
    return this.standing.ticks >= STANDING_TICKS && nowMs - this.standing.sinceMs >= STANDING_MS;
  }
}

function lastNumber(captured: CapturedListing, rows: PortalRow[]): number | undefined {
  const numbers = rows.map((row) => numberOf(captured.listing, row)).filter((number) => !Number.isNaN(number));
  return numbers.length > 0 ? Math.max(...numbers) : undefined;
}
