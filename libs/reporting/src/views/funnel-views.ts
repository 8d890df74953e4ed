import { pipelineColumn, portalColumn, type ReportingView, sellerColumn } from './view.js';

const pipeline: ReportingView = {
  schema: 'grafana',
  name: 'pipeline',
  about: 'Pipelines of a portal.',
  columns: {
    ...portalColumn,
    ...pipelineColumn,
    kind: '`deal`, `lead` or `invoice`',
    name: 'Name',
    sort: 'Order among those of its kind',
    is_default: 'The one that new objects enter',
    is_removed: 'Whether it was removed in the portal',
  },
  query: 'SELECT portal_id, pipeline_id, kind, name, sort, is_default, is_removed FROM read.pipeline',
};

/**
 * Present stages in the order of the configuration; a removed one that some object stood in goes behind the last present
 * stage of equal or lower sort. Ranks: stages in process from 0, then every won stage; lost ones have none.
 */
const stage: ReportingView = {
  schema: 'grafana',
  name: 'stage',
  about: 'Stages of pipelines in their order, with the ranks that conversions are counted by.',
  columns: {
    ...portalColumn,
    ...pipelineColumn,
    stage_id: 'Stage',
    name: 'Name',
    semantics: '`P` in process, `S` won, `F` lost',
    is_removed: 'Whether it was removed in the portal',
    place: 'Order of display: stages by rank, then lost ones',
    rank: 'From 0; won stages share the last one; null for lost ones and for stages that only moves tell of',
  },
  query: `
    WITH known AS (
      SELECT stage.portal_id, stage.pipeline_id, stage.stage_id, stage.name, stage.semantics::text AS semantics,
             stage.is_removed, stage.sort,
             CASE WHEN stage.is_removed
                  THEN coalesce(max(stage.place) FILTER (WHERE NOT stage.is_removed) OVER (
                         PARTITION BY stage.portal_id, stage.pipeline_id ORDER BY stage.sort
                         RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), -1)
                  ELSE stage.place END AS behind
        FROM read.pipeline_stage stage
       WHERE NOT stage.is_removed OR (
             SELECT true FROM read.stage_visit visit JOIN read.funnel_object object USING (bucket, portal_id, kind, object_id)
              WHERE visit.bucket = stage.bucket AND visit.portal_id = stage.portal_id
                AND visit.pipeline_id = stage.pipeline_id AND visit.stage_id = stage.stage_id
                AND object.state = 'present' LIMIT 1)
    ), placed AS (
      SELECT known.*, row_number() OVER (
               PARTITION BY portal_id, pipeline_id ORDER BY behind, is_removed, sort, stage_id COLLATE "C") AS ordinal
        FROM known
    ), ranked AS (
      SELECT placed.*,
             CASE semantics
               WHEN 'P' THEN count(*) FILTER (WHERE semantics = 'P') OVER (
                 PARTITION BY portal_id, pipeline_id ORDER BY ordinal) - 1
               WHEN 'S' THEN count(*) FILTER (WHERE semantics = 'P') OVER (PARTITION BY portal_id, pipeline_id)
             END::int AS rank
        FROM placed
    )
    SELECT portal_id, pipeline_id, stage_id, name, semantics, is_removed,
           (row_number() OVER (PARTITION BY portal_id, pipeline_id ORDER BY rank NULLS LAST, ordinal))::int AS place, rank
      FROM ranked
    UNION ALL
    SELECT seen.portal_id, seen.pipeline_id, seen.stage_id, seen.stage_id, seen.semantics::text, true, 10000, NULL::int
      FROM read.seen_stage seen
     WHERE NOT EXISTS (SELECT FROM known WHERE known.portal_id = seen.portal_id
                          AND known.pipeline_id = seen.pipeline_id AND known.stage_id = seen.stage_id)`,
};

const standing: ReportingView = {
  schema: 'grafana',
  name: 'standing',
  about: 'Objects that count and where they stand now, one row each.',
  columns: {
    ...portalColumn,
    ...pipelineColumn,
    object_id: 'Id of the object in the portal',
    ...sellerColumn,
    stage_id: 'Stage it stands in',
    amount_kopecks: 'Amount in hundredths',
    currency: 'Of the amount',
    created_at: 'When it was created',
  },
  query: `
    SELECT object.portal_id, object.pipeline_id, object.object_id, coalesce(object.owner_id, 'unknown') AS seller_id,
           object.stage_id, object.amount_kopecks, coalesce(object.currency, portal.currency, 'RUB') AS currency,
           object.created_at
      FROM read.funnel_object object
      LEFT JOIN registry.portal portal ON portal.portal_id = object.portal_id
     WHERE object.state = 'present' AND object.pipeline_id IS NOT NULL`,
};

const entry: ReportingView = {
  schema: 'grafana',
  name: 'entry',
  about: 'Entries of objects that count into stages, one row each, without what stages mean: cheaper than visits.',
  columns: {
    ...portalColumn,
    ...pipelineColumn,
    object_id: 'Id of the object in the portal',
    sequence: 'Entries of an object from 0',
    ...sellerColumn,
    stage_id: 'Stage entered',
    entered_at: 'When',
    left_at: 'When it was left; null while the object stands there',
    amount_kopecks: 'Amount of the object in hundredths',
    currency: 'Of the amount',
    is_first_entry: "The object's first entry into the stage",
    is_first_in_pipeline: "The object's first entry into the pipeline",
    previous_stage_id: 'Stage it came from, of the same pipeline; null otherwise',
    told_semantics: '`P`, `S` or `F` as the portal told it with the move',
  },
  // What nobody asks for is not looked up: both joins are of one row at most. Objects that do not count are few.
  query: `
    SELECT visit.portal_id, visit.pipeline_id, visit.object_id, visit.sequence,
           coalesce(object.owner_id, 'unknown') AS seller_id, visit.stage_id, visit.entered_at, visit.left_at,
           object.amount_kopecks, coalesce(object.currency, portal.currency, 'RUB') AS currency,
           visit.is_first_entry, visit.is_first_in_pipeline,
           CASE WHEN visit.previous_pipeline_id = visit.pipeline_id THEN visit.previous_stage_id END AS previous_stage_id,
           visit.semantics::text AS told_semantics
      FROM read.stage_visit visit
      LEFT JOIN registry.portal portal ON portal.portal_id = visit.portal_id
      LEFT JOIN read.funnel_object object
        ON object.bucket = visit.bucket AND object.portal_id = visit.portal_id AND object.kind = visit.kind
       AND object.object_id = visit.object_id
     WHERE NOT EXISTS (
           SELECT FROM read.funnel_object gone
            WHERE gone.bucket = visit.bucket AND gone.portal_id = visit.portal_id AND gone.kind = visit.kind
              AND gone.object_id = visit.object_id AND gone.state IN ('expected', 'deleted', 'merged'))`,
};

const visit: ReportingView = {
  schema: 'grafana',
  name: 'visit',
  about: 'Entries with the ranks of their stages and what they are: figures of flow count them, cohorts follow them.',
  columns: {
    ...portalColumn,
    ...pipelineColumn,
    object_id: 'Id of the object in the portal',
    sequence: 'Entries of an object from 0',
    ...sellerColumn,
    stage_id: 'Stage entered',
    rank: 'Its rank; null for a lost one',
    semantics: '`P` in process, `S` won, `F` lost',
    entered_at: 'When',
    left_at: 'When it was left; null while the object stands there',
    amount_kopecks: 'Amount of the object in hundredths',
    currency: 'Of the amount',
    is_first_entry: "The object's first entry into the stage",
    is_first_in_pipeline: "The object's first entry into the pipeline",
    is_won: 'It stands in a won stage since',
    is_lost: 'It stands in a lost stage since',
    is_rollback: 'It came from a later stage of the pipeline',
    is_reopened: 'It came from a won or lost stage of the pipeline',
  },
  query: `
    SELECT entry.portal_id, entry.pipeline_id, entry.object_id, entry.sequence, entry.seller_id, entry.stage_id, stage.rank,
           coalesce(stage.semantics, entry.told_semantics) AS semantics, entry.entered_at, entry.left_at,
           entry.amount_kopecks, entry.currency, entry.is_first_entry, entry.is_first_in_pipeline,
           entry.left_at IS NULL AND coalesce(stage.semantics, entry.told_semantics) = 'S' AS is_won,
           entry.left_at IS NULL AND coalesce(stage.semantics, entry.told_semantics) = 'F' AS is_lost,
           coalesce(stage.semantics, entry.told_semantics) = 'P' AND coalesce(stage.rank < origin.rank, false) AS is_rollback,
           coalesce(stage.semantics, entry.told_semantics) = 'P' AND coalesce(origin.semantics IN ('S', 'F'), false)
             AS is_reopened
      FROM grafana.entry entry
      LEFT JOIN grafana.stage stage
        ON stage.portal_id = entry.portal_id AND stage.pipeline_id = entry.pipeline_id AND stage.stage_id = entry.stage_id
      LEFT JOIN grafana.stage origin
        ON origin.portal_id = entry.portal_id AND origin.pipeline_id = entry.pipeline_id
       AND origin.stage_id = entry.previous_stage_id`,
};

export const funnelViews: readonly ReportingView[] = [pipeline, stage, standing, entry, visit];
