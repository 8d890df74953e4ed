import { describe, expect, it } from '@jest/globals';
import { generate, scriptUntil, tinyCompany, TruthKeeper } from '@funnelwatch/portal-generator';
import { PortalModel } from './portal-model.js';

const kinds = ['lead', 'deal', 'invoice'] as const;

/** What the portal itself would say about a pipeline: objects by stage, and first entries by stage and month. */
function countPortal(model: PortalModel, untilMs: number) {
  const now: Record<string, number> = {};
  const amounts: Record<string, bigint> = {};
  const entries: Record<string, number> = {};
  for (const kind of kinds) {
    const stageField = kind === 'lead' ? 'STATUS_ID' : 'STAGE_ID';
    for (const record of model.tables[kind].records) {
      const { fields } = record;
      const pipelineId = `${kind}:${kind === 'lead' ? 0 : Number(fields.CATEGORY_ID)}`;
      const place = `${pipelineId} ${String(fields[stageField])}`;
      now[place] = (now[place] ?? 0) + 1;
      if (fields.CURRENCY_ID === 'RUB') {
        amounts[place] = (amounts[place] ?? 0n) + BigInt(Math.round(Number(fields.OPPORTUNITY) * 100));
      }
      const first = new Map<string, number>();
      const moves = model.history[kind]
        .ofOwner(record.id)
        .map((row) => [`${kind}:${kind === 'lead' ? 0 : row.categoryId} ${row.stageId}`, row.createdMs] as const);
      if (moves.length === 0) first.set(place, Date.parse(String(fields.MOVED_TIME)));
      for (const [stage, atMs] of moves) if (!first.has(stage)) first.set(stage, atMs);
      for (const [stage, atMs] of first) {
        if (atMs > untilMs) continue;
        const key = `${model.time.dayOf(atMs).slice(0, 7)} ${stage}`;
        entries[key] = (entries[key] ?? 0) + 1;
      }
    }
  }
  return { now, amounts, entries };
}

/** The same figures from the generator's own account of its script. */
function countTruth(keeper: TruthKeeper, asOfMs: number) {
  const truth = keeper.at({ asOfMs, horizonsDays: [null] });
  const now: Record<string, number> = {};
  const amounts: Record<string, bigint> = {};
  const entries: Record<string, number> = {};
  for (const [pipelineId, pipeline] of Object.entries(truth.pipelines)) {
    const all = pipeline.sellers.all;
    if (!all) continue;
    for (const [stageId, standing] of Object.entries(all.now)) {
      if (standing.count === 0) continue;
      now[`${pipelineId} ${stageId}`] = standing.count;
      if (standing.amountKopecks !== 0n) amounts[`${pipelineId} ${stageId}`] = standing.amountKopecks;
    }
    for (const [month, flow] of Object.entries(all.flow)) {
      for (const [stageId, count] of Object.entries(flow.entries)) {
        if (count > 0) entries[`${month} ${pipelineId} ${stageId}`] = count;
      }
    }
  }
  return { now, amounts, entries };
}

describe('a generated company in the portal', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    it(`holds the planted truth (seed ${seed})`, () => {
      const company = generate(tinyCompany(seed));
      const { endAt, zone } = company.parameters;
      const model = new PortalModel(zone);
      const keeper = new TruthKeeper(zone);
      for (const operation of scriptUntil(company, endAt)) {
        model.apply(operation);
        keeper.apply(operation);
      }
      const portal = countPortal(model, endAt);
      const truth = countTruth(keeper, endAt);
      const nonZero = Object.fromEntries(Object.entries(portal.amounts).filter(([, amount]) => amount !== 0n));
      expect({ ...portal, amounts: nonZero }).toEqual(truth);
    });
  }
});
