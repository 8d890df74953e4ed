import { checkpointOf, type EventLog, quarantinedPortals } from '@funnelwatch/event-log';
import type { Clock } from '@funnelwatch/kernel';
import { Rejection } from '@funnelwatch/kernel';
import { withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import { type DisciplineEvent, disciplineStream } from '../cases/discipline-events.js';
import { type DisciplineSettings, noDiscipline } from '../cases/discipline-state.js';
import type { Fault } from '../episodes/episode.js';
import type { KeptFact } from '../facts/kept-fact.js';
import type { Pack } from '../packs/pack.js';
import { PortalCatalogue } from '../needs/portal-catalogue.js';
import { loadFactsOfKinds, type PortalPlace } from './bundles.js';
import { judgeSubjects, openBench } from './judge-subjects.js';
import { type PortalHours, workingTimeOf } from './portal-time.js';
import { type PortalRules, portalRules } from './portal-rules.js';
import { ruleClockOf } from './rule-clock.js';
import { ownEvent } from '../own-events/own-event.js';

/** A portal as it is judged. */
export interface JudgedPortal extends PortalPlace {
  hours: PortalHours;
}

export interface JudgeOptions {
  pool: Pool;
  log: EventLog;
  /** Wall time, for the deadlines of curators only: rules go by the rule clock. */
  clock: Clock;
  pack: Pack;
  /** Rules that are on for a portal of which nothing was decided yet. */
  starter: readonly string[];
  /** How long late facts are waited for, milliseconds. */
  latenessMs: number;
  /** Most subjects judged in one transaction; 200 unless told. */
  chunkSize?: number;
  /** Records that this product wrote into the portal, as streams. */
  ownRecords?(client: PoolClient, portal: JudgedPortal): Promise<ReadonlySet<string>>;
}

/** What one step of judging did. */
export interface JudgeStep {
  /** Whether another step may find more to do at once. */
  isMore: boolean;
  subjects: number;
  /** Rules applied to lives of these subjects, each pair counted. */
  evaluations: number;
  events: number;
  faults: Fault[];
  /** Why nothing can be judged, null while it can. */
  frozen: string | null;
}

interface Progress {
  position: number;
  clock: Date | null;
  settings_position: number;
  seen_position: number;
}

/** What was decided about the rules, and where: a decision of the engine upon it is made once. */
interface Decided {
  state: DisciplineSettings;
  position: number;
}

/** What a portal is judged by in one step. */
interface JudgedBy {
  rules: PortalRules;
  /** Stages of pipelines, and what is usual in them. */
  configuration: readonly KeptFact[];
  /** The rule clock, milliseconds since the epoch. */
  untilMs: number;
  upTo: number;
  /** Position of the watermark that the clock is from. */
  seen: number;
  settingsPosition: number;
  decidedAt: number;
}

const nothing: JudgeStep = { isMore: false, subjects: 0, evaluations: 0, events: 0, faults: [], frozen: null };
const defaultChunkSize = 200;

/**
 * One step of judging a portal, in one transaction: subjects whose facts changed, then those for which something falls
 * due, then employees and the portal as a whole, whose stories the others make. State, deadlines and events commit together. Two
 * engines never judge one portal at once; whatever is killed when, the next step goes on from what was committed.
 */
export function judgePortal(options: JudgeOptions, portal: JudgedPortal): Promise<JudgeStep> {
  return withTransaction(options.pool, (client) => new Step(options, portal, client).take());
}

class Step {
  constructor(
    private readonly options: JudgeOptions,
    private readonly portal: JudgedPortal,
    private readonly client: PoolClient,
  ) {}

  async take(): Promise<JudgeStep> {
    const { portal, client, options } = this;
    const progress = await this.lockProgress();
    if (!progress) return nothing;
    const { rows } = await client.query<{ through: Record<string, string>; position: number }>(
      'SELECT through, position FROM read.rule_clock WHERE bucket = $1 AND portal_id = $2',
      [portal.bucket, portal.portalId],
    );
    const checkpoint = await checkpointOf(client, 'curation', portal.bucket);
    const upTo = checkpoint?.position ?? 0;
    if (!rows[0] || upTo === 0) return nothing;
    const { atMs, standing } = ruleClockOf(rows[0].through, options.latenessMs);
    if (atMs === null) return nothing;
    if ((await quarantinedPortals(client, 'curation')).includes(portal.portalId)) return this.freeze('FACTS_SET_ASIDE');
    const settings = await this.settings();
    if (!settings.state.pack) return this.choosePack(atMs);
    const stages = await loadFactsOfKinds(client, portal, ['pipelines'], upTo);
    const usual = await loadFactsOfKinds(client, portal, ['learned'], upTo);
    const dictionaries = await loadFactsOfKinds(client, portal, ['dictionary'], upTo);
    // The rule clock never goes back: what was judged by a later one stays.
    const untilMs = Math.max(atMs, progress.clock?.getTime() ?? 0);
    const catalogue = new PortalCatalogue([...stages, ...dictionaries], untilMs);
    const rules = portalRules(settings.state, options.pack, standing, catalogue);
    const noted = (await this.markBroken(rules, settings, atMs)) ?? (await this.noteOutages(rules, settings, atMs));
    if (noted) return noted;
    const seen = rows[0].position;
    // Ranks depend on the stages, so all is judged anew by other ones. What is usual holds for what begins later.
    const settingsPosition = Math.max(settings.position, ...stages.map(({ position }) => position));
    const decidedAt = settings.position;
    return this.judge(progress, {
      rules,
      configuration: [...stages, ...usual],
      untilMs,
      upTo,
      seen,
      settingsPosition,
      decidedAt,
    });
  }

  private async lockProgress(): Promise<Progress | null> {
    const { client, portal } = this;
    await client.query('INSERT INTO judge.progress (portal_id, bucket) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      portal.portalId,
      portal.bucket,
    ]);
    const { rows } = await client.query<Progress>(
      `SELECT position, clock, settings_position, seen_position FROM judge.progress WHERE portal_id = $1 FOR UPDATE SKIP LOCKED`,
      [portal.portalId],
    );
    return rows[0] ?? null;
  }

  private async settings(): Promise<Decided> {
    const { rows } = await this.client.query<{ settings: DisciplineSettings; last_position: number }>(
      'SELECT settings, last_position FROM read.discipline WHERE bucket = $1 AND portal_id = $2',
      [this.portal.bucket, this.portal.portalId],
    );
    return { state: rows[0]?.settings ?? noDiscipline, position: rows[0]?.last_position ?? 0 };
  }

  private async freeze(code: string): Promise<JudgeStep> {
    await this.client.query(
      `UPDATE judge.progress SET frozen_code = $2 WHERE portal_id = $1 AND frozen_code IS DISTINCT FROM $2`,
      [this.portal.portalId, code],
    );
    return { ...nothing, frozen: code };
  }

  /** From the first watermark on, a portal goes by the pack with its starter rules. */
  private async choosePack(atMs: number): Promise<JudgeStep> {
    const { pack, starter } = this.options;
    const from = new Date(atMs).toISOString();
    await this.decide(from, 'first', {
      type: 'PackChosen',
      data: { packId: pack.id, packVersion: pack.version, starter: [...starter], from },
    });
    return nothing;
  }

  /** A rule that cannot be used any more is broken, for all to see, and opens no cases. What is said is folded first. */
  private async markBroken(rules: PortalRules, decided: Decided, atMs: number): Promise<JudgeStep | null> {
    for (const [ruleId, reason] of rules.broken) {
      if (decided.state.rules[ruleId]?.status === 'broken') continue;
      await this.breakRule(ruleId, reason, atMs, decided.position);
    }
    return rules.broken.size > 0 ? nothing : null;
  }

  /** A rule that names what the portal no longer has rests until it is back; both are for all to see. */
  private async noteOutages(
    { lost, mended }: PortalRules,
    { position }: Decided,
    atMs: number,
  ): Promise<JudgeStep | null> {
    const at = new Date(atMs).toISOString();
    for (const [ruleId, needs] of lost) {
      const missing = needs.map(({ part, id, kinds }) => ({ part, id, kinds: [...kinds] }));
      await this.decide(at, `${ruleId} ${position}`, { type: 'RuleBroken', data: { ruleId, missing, at } });
    }
    for (const ruleId of mended) {
      await this.decide(at, `${ruleId} ${position}`, { type: 'RuleMended', data: { ruleId, at } });
    }
    return lost.size + mended.length > 0 ? nothing : null;
  }

  private async breakRule(ruleId: string, reason: string, atMs: number, decidedAt: number): Promise<void> {
    const from = new Date(atMs).toISOString();
    await this.decide(from, `broken ${ruleId} ${decidedAt}`, {
      type: 'RuleStatusSet',
      data: { ruleId, status: 'broken', from, by: 'system', reason },
    });
  }

  private async decide(at: string, identity: string, event: DisciplineEvent): Promise<void> {
    const { portal, options, client } = this;
    const streamId = disciplineStream;
    const told = { streamId, occurredAt: at, identity: `${event.type}|${identity}`, actor: 'system' } as const;
    const events = [ownEvent(portal, told, event)];
    await options.log.append(portal, [{ streamId, expected: 'any', events }], { tx: client });
  }

  private async judge(progress: Progress, by: JudgedBy): Promise<JudgeStep> {
    const { client, portal, options } = this;
    const { rules, configuration, untilMs, upTo, seen, settingsPosition, decidedAt } = by;
    let workingTime;
    try {
      workingTime = workingTimeOf(portal.hours);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return this.freeze('CALENDAR_MISSING');
    }
    const isAnew = progress.settings_position !== settingsPosition;
    const next = await this.nextSubjects(isAnew ? 0 : progress.position, upTo, untilMs);
    if (next.stage === 'idle' && !isAnew && progress.seen_position === seen && progress.position === upTo)
      return nothing;
    const ours = (await options.ownRecords?.(client, portal)) ?? new Set<string>();
    let faults: Fault[] = [];
    let [events, evaluations] = [0, 0];
    if (next.subjects.length > 0) {
      const bench = await openBench(client, {
        place: portal,
        zone: portal.hours.zone,
        workingTime,
        rules,
        configuration,
        untilMs,
        upTo,
        now: options.clock.now(),
        isOurs: (stream) => ours.has(stream),
      });
      const judged = await judgeSubjects(client, options.log, bench, next.subjects);
      faults = judged.faults;
      events = judged.cases;
      evaluations = judged.evaluations;
      for (const ruleId of new Set(faults.map((fault) => fault.ruleId))) {
        const message = faults.find((fault) => fault.ruleId === ruleId)?.message ?? '';
        await this.breakRule(ruleId, message, untilMs, decidedAt);
      }
    }
    await client.query(
      `UPDATE judge.progress
          SET position = $2, settings_position = $3, frozen_code = NULL, judged_at = $4,
              clock = CASE WHEN $5 THEN $6 ELSE clock END, judged_subjects = judged_subjects + $7,
              seen_position = CASE WHEN $5 THEN $8 ELSE seen_position END
        WHERE portal_id = $1`,
      [
        portal.portalId,
        next.position,
        settingsPosition,
        options.clock.now(),
        next.stage === 'idle',
        new Date(untilMs),
        next.subjects.length,
        seen,
      ],
    );
    const subjects = next.subjects.length;
    return { isMore: next.stage !== 'idle', subjects, evaluations, events, faults, frozen: null };
  }

  private async nextSubjects(
    from: number,
    upTo: number,
    untilMs: number,
  ): Promise<{ stage: 'changed' | 'due' | 'together' | 'idle'; subjects: string[]; position: number }> {
    const { client, portal } = this;
    const most = this.options.chunkSize ?? defaultChunkSize;
    const key = [portal.bucket, portal.portalId];
    const changed = await client.query<{ subject: string; last_position: number }>({
      name: 'judge.changed',
      text: `SELECT subject, last_position FROM read.rule_subject
              WHERE bucket = $1 AND portal_id = $2 AND last_position > $3 AND last_position <= $4
              ORDER BY last_position FETCH FIRST $5 ROWS WITH TIES`,
      values: [...key, from, upTo, most],
    });
    if (changed.rows.length > 0) {
      const position = changed.rows.length < most ? upTo : (changed.rows.at(-1)?.last_position ?? upTo);
      const together = changed.rows.filter(({ subject }) => isTogether(subject)).map(({ subject }) => subject);
      await client.query(
        'INSERT INTO judge.touched (bucket, portal_id, subject) SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING',
        [...key, together],
      );
      const subjects = changed.rows.filter(({ subject }) => !isTogether(subject)).map(({ subject }) => subject);
      return { stage: 'changed', subjects, position };
    }
    const due = await client.query<{ subject: string }>({
      name: 'judge.due',
      text: `SELECT subject FROM judge.deadline WHERE bucket = $1 AND portal_id = $2 AND due_at <= $3
              ORDER BY due_at, subject LIMIT $4`,
      values: [...key, new Date(untilMs), most],
    });
    if (due.rows.length > 0) {
      return { stage: 'due', subjects: due.rows.map(({ subject }) => subject), position: upTo };
    }
    const touched = await client.query<{ subject: string }>(
      `DELETE FROM judge.touched WHERE bucket = $1 AND portal_id = $2 AND subject IN (
         SELECT subject FROM judge.touched WHERE bucket = $1 AND portal_id = $2 ORDER BY subject LIMIT 20)
       RETURNING subject`,
      key,
    );
    const subjects = touched.rows.map(({ subject }) => subject).sort();
    return { stage: subjects.length > 0 ? 'together' : 'idle', subjects, position: upTo };
  }
}

const isTogether = (subject: string): boolean => subject.startsWith('employee:') || subject.startsWith('portal:');
