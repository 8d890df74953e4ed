import { entityKinds, type StageSemantics } from '@funnelwatch/capture-contracts';
import { type Provenance, Rejection } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import type { RecordView, SealedTitle, StageVisit } from '../answers.js';
import { readAsOf } from '../read/question.js';
import { type FunnelScope, plannedOnce, viewsOf } from '../scope.js';

interface RecordRow {
  state: RecordView['state'];
  mergedInto: string | null;
  goneAt: Date | null;
  ownerId: string | null;
  createdAt: Date | null;
  modifiedAt: Date | null;
  kopecks: string | null;
  currency: string | null;
  contactId: string | null;
  companyId: string | null;
  leadId: string | null;
  pipelineId: string | null;
  stageId: string | null;
  title: SealedTitle | null;
  /** Owner, amount and currency changed after the moment asked about: the earlier ones are meant. */
  isOlder: boolean | null;
  earlierOwnerId: string | null;
  earlierKopecks: string | null;
  earlierCurrency: string | null;
}

const idForm = /^[\w:.-]{1,100}$/;
const isoOf = (time: Date | null) => time?.toISOString() ?? null;

/**
 * One captured record of any kind with its stage visits, now or at a moment: then stage, visits, seller and amount are
 * those of the moment, as far as history tells, and everything later is left out. Title and links are the latest known.
 * Throws `Rejection` FUNNEL_RECORD_UNKNOWN, FUNNEL_RECORD_NOT_YET.
 */
export async function readRecord(
  client: PoolClient,
  scope: FunnelScope,
  now: Date,
  record: { kind: string; id: string; asOf?: Date },
): Promise<RecordView> {
  const { kind, id } = record;
  const unknown = recordUnknown();
  if (!(entityKinds as readonly string[]).includes(kind) || !idForm.test(id)) throw unknown;
  const { at, asOf } = await readAsOf(client, scope, now, record.asOf);
  const known = record.asOf ?? null;
  const views = viewsOf(scope);
  const { rows } = await client.query<RecordRow>({
    ...plannedOnce(scope, 'record'),
    text: `SELECT record.state, record.merged_into AS "mergedInto", record.gone_at AS "goneAt", record.owner_id AS "ownerId",
            record.created_at AS "createdAt", record.modified_at AS "modifiedAt",
            object.amount_kopecks::text AS kopecks, object.currency, object.contact_id AS "contactId",
            object.company_id AS "companyId", object.lead_id AS "leadId", object.pipeline_id AS "pipelineId",
            object.stage_id AS "stageId", title.parts AS title, object.version_from > $5::timestamptz AS "isOlder",
            earlier.owner_id AS "earlierOwnerId", earlier.amount_kopecks::text AS "earlierKopecks",
            earlier.currency AS "earlierCurrency"
       FROM ${views}.record
       LEFT JOIN ${views}.funnel_object object USING (bucket, portal_id, kind, object_id)
       LEFT JOIN ${views}.record_title title USING (bucket, portal_id, kind, object_id)
       LEFT JOIN LATERAL (
         SELECT version.owner_id, version.amount_kopecks, version.currency FROM ${views}.object_version version
          WHERE version.bucket = record.bucket AND version.portal_id = record.portal_id AND version.kind = record.kind
            AND version.object_id = record.object_id AND version.valid_from <= $5
          ORDER BY version.valid_from DESC LIMIT 1) earlier ON true
      WHERE record.bucket = $1 AND record.portal_id = $2 AND record.kind = $3 AND record.object_id = $4`,
    values: [scope.bucket, scope.portalId, kind, id, known],
  });
  const found = rows[0];
  if (!found) throw unknown;
  const visits = await readVisits(client, scope, { kind, id, at, known });
  const row = known === null ? found : rowAt(found, known, visits);
  return {
    asOf,
    kind,
    id,
    title: row.title ?? [],
    state: row.state,
    mergedInto: row.mergedInto,
    goneAt: isoOf(row.goneAt),
    ownerId: row.ownerId,
    amountKopecks: row.kopecks === null ? null : BigInt(row.kopecks),
    currency: row.currency,
    createdAt: isoOf(row.createdAt),
    modifiedAt: isoOf(row.modifiedAt),
    contactId: row.contactId,
    companyId: row.companyId,
    leadId: row.leadId,
    pipelineId: row.pipelineId,
    stageId: row.stageId,
    visits,
  };
}

/** What is said of a record that is not there, also to somebody who may not know that it is. */
export const recordUnknown = (): Rejection =>
  new Rejection('FUNNEL_RECORD_UNKNOWN', 'This portal has no such record, or it was not captured yet.');

/** The record without what happened after a moment. Throws `Rejection` FUNNEL_RECORD_NOT_YET. */
function rowAt(row: RecordRow, known: Date, visits: readonly StageVisit[]): RecordRow {
  if (row.createdAt !== null && row.createdAt > known) {
    throw new Rejection('FUNNEL_RECORD_NOT_YET', 'This record was created after the moment asked about.');
  }
  const last = visits.at(-1);
  return {
    ...row,
    ...(row.goneAt !== null && row.goneAt > known && { state: 'present', mergedInto: null, goneAt: null }),
    ...(row.isOlder && { ownerId: row.earlierOwnerId, kopecks: row.earlierKopecks, currency: row.earlierCurrency }),
    modifiedAt: row.modifiedAt !== null && row.modifiedAt > known ? null : row.modifiedAt,
    pipelineId: last?.pipelineId ?? null,
    stageId: last?.stageId ?? null,
  };
}

async function readVisits(
  client: PoolClient,
  scope: FunnelScope,
  { kind, id, at, known }: { kind: string; id: string; at: Date; known: Date | null },
): Promise<StageVisit[]> {
  const { rows } = await client.query<{
    pipelineId: string;
    stageId: string;
    semantics: StageSemantics;
    enteredAt: Date;
    leftAt: Date | null;
    provenance: Provenance;
    eventId: string;
  }>({
    ...plannedOnce(scope, 'visits_of_record'),
    text: `SELECT pipeline_id AS "pipelineId", stage_id AS "stageId", semantics, entered_at AS "enteredAt",
            CASE WHEN $5::timestamptz IS NULL OR left_at <= $5 THEN left_at END AS "leftAt", provenance,
            event_id AS "eventId"
       FROM ${viewsOf(scope)}.stage_visit
      WHERE bucket = $1 AND portal_id = $2 AND kind = $3 AND object_id = $4
        AND ($5 IS NULL OR entered_at <= $5)
      ORDER BY sequence`,
    values: [scope.bucket, scope.portalId, kind, id, known],
  });
  return rows.map(({ enteredAt, leftAt, ...visit }) => ({
    ...visit,
    enteredAt: enteredAt.toISOString(),
    leftAt: isoOf(leftAt),
    durationMs: Math.max((leftAt ?? at).getTime() - enteredAt.getTime(), 0),
  }));
}
