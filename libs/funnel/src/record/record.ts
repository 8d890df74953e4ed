import { entityKinds, type StageSemantics } from '@funnelwatch/capture-contracts';
import { type Provenance, Rejection } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import type { RecordView, SealedTitle, StageVisit } from '../answers.js';
import { readAsOf } from '../read/question.js';
import type { FunnelScope } from '../scope.js';

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
}

const idForm = /^[\w:.-]{1,100}$/;
const isoOf = (time: Date | null) => time?.toISOString() ?? null;

/** One captured record of any kind with its stage visits. Throws `Rejection` FUNNEL_RECORD_UNKNOWN. */
export async function readRecord(
  client: PoolClient,
  scope: FunnelScope,
  now: Date,
  kind: string,
  id: string,
): Promise<RecordView> {
  const unknown = new Rejection('FUNNEL_RECORD_UNKNOWN', 'This portal has no such record, or it was not captured yet.');
  if (!(entityKinds as readonly string[]).includes(kind) || !idForm.test(id)) throw unknown;
  const { at, asOf } = await readAsOf(client, scope, now, undefined);
  const { rows } = await client.query<RecordRow>(
    `SELECT record.state, record.merged_into AS "mergedInto", record.gone_at AS "goneAt", record.owner_id AS "ownerId",
            record.created_at AS "createdAt", record.modified_at AS "modifiedAt",
            object.amount_kopecks::text AS kopecks, object.currency, object.contact_id AS "contactId",
            object.company_id AS "companyId", object.lead_id AS "leadId", object.pipeline_id AS "pipelineId",
            object.stage_id AS "stageId", title.parts AS title
       FROM read.record
       LEFT JOIN read.funnel_object object USING (bucket, portal_id, kind, object_id)
       LEFT JOIN read.record_title title USING (bucket, portal_id, kind, object_id)
      WHERE record.bucket = $1 AND record.portal_id = $2 AND record.kind = $3 AND record.object_id = $4`,
    [scope.bucket, scope.portalId, kind, id],
  );
  const row = rows[0];
  if (!row) throw unknown;
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
    visits: await readVisits(client, scope, at, kind, id),
  };
}

async function readVisits(
  client: PoolClient,
  scope: FunnelScope,
  at: Date,
  kind: string,
  id: string,
): Promise<StageVisit[]> {
  const { rows } = await client.query<{
    pipelineId: string;
    stageId: string;
    semantics: StageSemantics;
    enteredAt: Date;
    leftAt: Date | null;
    provenance: Provenance;
    eventId: string;
  }>(
    `SELECT pipeline_id AS "pipelineId", stage_id AS "stageId", semantics, entered_at AS "enteredAt",
            left_at AS "leftAt", provenance, event_id AS "eventId"
       FROM read.stage_visit
      WHERE bucket = $1 AND portal_id = $2 AND kind = $3 AND object_id = $4
      ORDER BY sequence`,
    [scope.bucket, scope.portalId, kind, id],
  );
  return rows.map(({ enteredAt, leftAt, ...visit }) => ({
    ...visit,
    enteredAt: enteredAt.toISOString(),
    leftAt: isoOf(leftAt),
    durationMs: Math.max((leftAt ?? at).getTime() - enteredAt.getTime(), 0),
  }));
}
