import {
  basePack,
  curationReadModel,
  decideDiscipline,
  type DisciplineEvent,
  type JudgedPortal,
  judgePortal,
  type ParameterValues,
} from '@funnelwatch/curation';
import type { StoredEvent } from '@funnelwatch/kernel';
import { ACCOUNTED_RULES, type CompanyParameters, disciplineSettings } from '@funnelwatch/portal-generator';
import { withTransaction } from '@funnelwatch/postgres';
import type { Bench } from './bench.js';
import type { Case } from './compare.js';

const LONG_AGO = '2020-01-01T00:00:00.000Z';
/** A09 is about audits, which curators make: a company has none of its own. */
const ofCurators = ['A09'];
/** Every rule of the pack about what is captured, but those for which nothing is captured yet. */
export const enabledRules: readonly string[] = basePack.rules
  .filter(({ id, unavailable }) => unavailable === undefined && !ofCurators.includes(id))
  .map(({ id }) => id);

/** The engine of one portal: folds what was captured, judges it, tells its cases. */
export class Engine {
  readonly model = curationReadModel();
  private readonly now = new Date('2027-06-01T09:00:00Z');

  constructor(
    readonly bench: Bench,
    readonly portal: JudgedPortal,
  ) {}

  /** Switches every rule on, with the settings of the company. */
  async decide(parameters: CompanyParameters): Promise<void> {
    const settings = disciplineSettings(parameters) as Record<string, ParameterValues>;
    // What D05 wants proven is what makes D01 good.
    const values: Record<string, ParameterValues> = {
      ...settings,
      D01: { ...settings['D01'], proofs: settings['D05']?.['proofs'] ?? {} },
    };
    const packed: DisciplineEvent = {
      type: 'PackChosen',
      data: { packId: basePack.id, packVersion: basePack.version, starter: [], from: LONG_AGO },
    };
    const decisions = enabledRules.flatMap((ruleId): DisciplineEvent[] => [
      { type: 'RuleStatusSet', data: { ruleId, status: 'active', from: LONG_AGO, by: '1', reason: 'all' } },
      { type: 'RuleParametersSet', data: { ruleId, parameters: values[ruleId] ?? {}, by: '1' } },
    ]);
    const clock = { now: () => this.now };
    await decideDiscipline(this.bench.log, clock, this.portal, [packed, ...decisions], 'all rules');
  }

  /** Folds everything new of the bucket into the read model. */
  async fold(): Promise<void> {
    const { bench, portal, model } = this;
    const { bucket } = portal;
    for (;;) {
      const { rows } = await bench.pool.query<{ position: number }>(
        `SELECT "position" FROM log.checkpoint WHERE projection = 'curation' AND bucket = $1`,
        [bucket],
      );
      const events: StoredEvent[] = await bench.log.readBucket(bucket, rows[0]?.position ?? 0, 1000);
      const last = events.at(-1);
      if (!last) return;
      await withTransaction(bench.pool, async (client) => {
        await model.apply(client, { schema: 'curation_v1', bucket, events });
        await client.query(
          `INSERT INTO log.checkpoint (projection, bucket, epoch, "position") VALUES ('curation', $1, 1, $2)
           ON CONFLICT (projection, bucket) DO UPDATE SET "position" = excluded."position"`,
          [bucket, last.position],
        );
      });
    }
  }

  /** Folds, judges until nothing is left, and folds what was said. Throws when a rule cannot be judged. */
  async judge(chunkSize = 500): Promise<void> {
    const { bench, portal, now } = this;
    const options = {
      ...{ pool: bench.pool, log: bench.log, clock: { now: () => now } },
      ...{ pack: basePack, starter: [], latenessMs: 0, chunkSize },
    };
    await this.fold();
    for (let isOver = false; !isOver;) {
      const step = await judgePortal(options, portal);
      if (step.faults.length > 0) throw new Error(JSON.stringify(step.faults));
      if (step.frozen !== null) throw new Error(step.frozen);
      if (step.isMore) continue;
      await this.fold();
      isOver = await this.isJudged();
    }
  }

  private async isJudged(): Promise<boolean> {
    const { rows } = await this.bench.pool.query<{ is_judged: boolean | null }>(
      `SELECT clock.position <= progress.seen_position AND decided.last_position <= progress.settings_position
              AND progress.position >= checkpoint."position" AS is_judged
         FROM read.rule_clock clock
         JOIN judge.progress progress ON progress.portal_id = clock.portal_id
         JOIN read.discipline decided ON decided.portal_id = clock.portal_id
         JOIN log.checkpoint checkpoint ON checkpoint.projection = 'curation' AND checkpoint.bucket = clock.bucket
        WHERE clock.portal_id = $1`,
      [this.portal.portalId],
    );
    // Without a watermark there is nothing to judge by.
    return rows.length === 0 || rows[0]?.is_judged === true;
  }

  /** The rule clock by which everything was judged, milliseconds. */
  async clockMs(): Promise<number> {
    const { rows } = await this.bench.pool.query<{ clock: Date }>(
      'SELECT clock FROM judge.progress WHERE portal_id = $1',
      [this.portal.portalId],
    );
    return rows[0]?.clock.getTime() ?? 0;
  }

  /** Rules that are judged and were to be compared. */
  async judgedRules(): Promise<string[]> {
    const { rows } = await this.bench.pool.query<{ settings: { rules: Record<string, { status: string }> } }>(
      'SELECT settings FROM read.discipline WHERE portal_id = $1',
      [this.portal.portalId],
    );
    const rules = Object.entries(rows[0]?.settings.rules ?? {});
    return rules.filter(([, { status }]) => status === 'active').map(([ruleId]) => ruleId);
  }

  /** Cases as they stand; those taken back because of late facts left out. */
  async cases(): Promise<Case[]> {
    const { rows } = await this.bench.pool.query<{
      rule_id: string;
      subject: string;
      about: string;
      started_at: Date;
      opens_at: Date;
      resolved_at: Date | null;
      void_at: Date | null;
      items: { ref: string }[];
    }>(
      `SELECT rule_id, subject, about, started_at, opens_at, resolved_at, void_at, items FROM judge.episode
        WHERE portal_id = $1 AND coalesce(void_reason, '') NOT IN ('late-facts', 'rule-changed')
        ORDER BY opens_at, rule_id, subject, about`,
      [this.portal.portalId],
    );
    return rows.map((row) => ({
      ruleId: row.rule_id,
      subject: row.subject,
      about: row.about === row.subject ? null : row.about,
      startAt: row.started_at.getTime(),
      opensAt: row.opens_at.getTime(),
      resolvesAt: row.resolved_at?.getTime() ?? null,
      voidAt: row.void_at?.getTime() ?? null,
      items: [...new Set(row.items.map(({ ref }) => ref))].sort(),
    }));
  }

  get accounted(): readonly string[] {
    return ACCOUNTED_RULES;
  }
}
