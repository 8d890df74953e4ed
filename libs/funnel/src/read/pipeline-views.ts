import { type PipelineObjectKind, pipelineObjectKinds, type StageSemantics } from '@funnelwatch/capture-contracts';
import { Rejection } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import type { PipelineView, StageView } from '../answers.js';
import { inOrder, ranksOf } from '../domain/stage-ranking.js';
import { type FunnelScope, plannedOnce, viewsOf } from '../scope.js';

interface StageRow {
  pipelineId: string;
  stageId: string;
  name: string;
  sort: number;
  place: number;
  semantics: StageSemantics;
  color: string | null;
  isRemoved: boolean;
  meaning: string | null;
}

const pipelineIdForm = /^(lead|deal|invoice):[\w-]{1,40}$/;

/** Some object that counts stood in the stage once: a removed stage that nobody used has no place in the funnel. */
const stoodIn = (views: string) => `EXISTS (
  SELECT FROM ${views}.stage_visit visit
    JOIN ${views}.funnel_object object USING (bucket, portal_id, kind, object_id)
   WHERE visit.bucket = stage.bucket AND visit.portal_id = stage.portal_id
     AND visit.pipeline_id = stage.pipeline_id AND visit.stage_id = stage.stage_id AND object.state = 'present')`;

const kindOf = (pipelineId: string): PipelineObjectKind =>
  pipelineObjectKinds.find((kind) => pipelineId.startsWith(`${kind}:`)) ?? 'deal';

/** Pipelines of a portal with their stages ranked; meanings as they hold at the moment asked about. */
export async function readPipelines(client: PoolClient, scope: FunnelScope, at: Date): Promise<PipelineView[]> {
  const views = viewsOf(scope);
  const parameters = [scope.bucket, scope.portalId];
  const pipelines = await client.query<Omit<PipelineView, 'stages'>>({
    ...plannedOnce(scope, 'pipelines'),
    text: `SELECT pipeline_id AS "pipelineId", kind, name, sort, is_default AS "isDefault", is_removed AS "isRemoved"
       FROM ${views}.pipeline WHERE bucket = $1 AND portal_id = $2`,
    values: parameters,
  });
  const stages = await client.query<StageRow>({
    ...plannedOnce(scope, 'stages'),
    text: `SELECT stage.pipeline_id AS "pipelineId", stage.stage_id AS "stageId", name, sort, place, semantics, color,
            is_removed AS "isRemoved", meant.meaning
       FROM ${views}.pipeline_stage stage
       LEFT JOIN LATERAL (
         SELECT meaning FROM ${views}.stage_meaning meant
          WHERE meant.bucket = stage.bucket AND meant.portal_id = stage.portal_id
            AND meant.pipeline_id = stage.pipeline_id AND meant.stage_id = stage.stage_id AND meant.valid_from <= $3
          ORDER BY meant.valid_from DESC LIMIT 1) meant ON true
      WHERE stage.bucket = $1 AND stage.portal_id = $2 AND (NOT stage.is_removed OR ${stoodIn(views)})`,
    values: [...parameters, at],
  });
  const seen = await client.query<Pick<StageRow, 'pipelineId' | 'stageId' | 'semantics'>>({
    ...plannedOnce(scope, 'seen_stages'),
    text: `SELECT pipeline_id AS "pipelineId", stage_id AS "stageId", semantics
       FROM ${views}.seen_stage WHERE bucket = $1 AND portal_id = $2 ORDER BY stage_id`,
    values: parameters,
  });
  const pipelineViews = pipelines.rows.map((pipeline) => viewOf(pipeline, stages.rows, seen.rows));
  const known = new Set(pipelineViews.map((view) => view.pipelineId));
  for (const pipelineId of new Set(seen.rows.map((stage) => stage.pipelineId))) {
    if (known.has(pipelineId)) continue;
    // Removed before the first backfill: only the moves tell that it was there.
    const unnamed = {
      pipelineId,
      kind: kindOf(pipelineId),
      name: pipelineId,
      sort: 0,
      isDefault: false,
      isRemoved: true,
    };
    pipelineViews.push(viewOf(unnamed, [], seen.rows));
  }
  return pipelineViews.sort(inMenuOrder);
}

/** Deals first, as they are what the funnel is mostly asked about; removed pipelines last. */
function inMenuOrder(left: PipelineView, right: PipelineView): number {
  const kinds: PipelineObjectKind[] = ['deal', 'lead', 'invoice'];
  return (
    Number(left.isRemoved) - Number(right.isRemoved) ||
    kinds.indexOf(left.kind) - kinds.indexOf(right.kind) ||
    left.sort - right.sort ||
    (left.pipelineId < right.pipelineId ? -1 : 1)
  );
}

function viewOf(
  pipeline: Omit<PipelineView, 'stages'>,
  allConfigured: readonly StageRow[],
  allSeen: readonly Pick<StageRow, 'pipelineId' | 'stageId' | 'semantics'>[],
): PipelineView {
  const configured = inOrder(allConfigured.filter((stage) => stage.pipelineId === pipeline.pipelineId));
  const ranks = ranksOf(configured);
  const stages: StageView[] = configured.map((stage) => ({
    stageId: stage.stageId,
    name: stage.name,
    sort: stage.sort,
    semantics: stage.semantics,
    color: stage.color,
    rank: ranks.get(stage.stageId) ?? null,
    isRemoved: stage.isRemoved,
    meaning: stage.meaning,
  }));
  const ranked = stages.filter((stage) => stage.rank !== null).sort((left, right) => left.rank! - right.rank!);
  const lost = stages.filter((stage) => stage.rank === null);
  const unknown = allSeen
    .filter(
      (seen) => seen.pipelineId === pipeline.pipelineId && !configured.some((row) => row.stageId === seen.stageId),
    )
    .map(({ stageId, semantics }) => ({
      stageId,
      name: stageId,
      sort: 0,
      semantics,
      color: null,
      rank: null,
      isRemoved: true,
      meaning: null,
    }));
  return { ...pipeline, stages: [...ranked, ...lost, ...unknown] };
}

/** Throws `Rejection` FUNNEL_PIPELINE_UNKNOWN. */
export function pipelineOf(views: readonly PipelineView[], pipelineId: string): PipelineView {
  const view = pipelineIdForm.test(pipelineId) ? views.find((known) => known.pipelineId === pipelineId) : undefined;
  if (!view) {
    throw new Rejection('FUNNEL_PIPELINE_UNKNOWN', 'This portal has no such pipeline; choose one from its list.');
  }
  return view;
}

/** Throws `Rejection` FUNNEL_STAGE_UNKNOWN. */
export function stageOf(pipeline: PipelineView, stageId: string): StageView {
  const stage = pipeline.stages.find((known) => known.stageId === stageId);
  if (!stage) throw new Rejection('FUNNEL_STAGE_UNKNOWN', 'The pipeline has no such stage; choose one from its list.');
  return stage;
}

/** The stage that stands for each rank: of several won stages the first present one. */
export function rankedStages(pipeline: PipelineView): StageView[] {
  const byRank: StageView[] = [];
  for (const stage of pipeline.stages) {
    if (stage.rank === null) continue;
    const known = byRank[stage.rank];
    if (!known || (known.isRemoved && !stage.isRemoved)) byRank[stage.rank] = stage;
  }
  return byRank;
}
