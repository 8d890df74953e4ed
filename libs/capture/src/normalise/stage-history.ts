import type { PipelineId, PipelineObjectKind, StageMovedData, StageSemantics } from '@funnelwatch/capture-contracts';
import type { PortalRow } from './observation.js';
import { codeOf, idOf, integerOf, timeOf } from './scalars.js';
import { semanticsOf } from './shared-fields.js';

/** A row of the portal's stage history in canonical form. */
export interface StageHistoryRow {
  kind: PipelineObjectKind;
  ownerId: string;
  rowId: number;
  pipelineId: PipelineId;
  stageId: string;
  semantics: StageSemantics;
  movedAt: string;
  entry: StageMovedData['entry'];
}

const ENTRY_BY_TYPE: Readonly<Record<string, StageMovedData['entry']>> = {
  '1': 'created',
  '2': 'moved',
  '3': 'moved',
  '5': 'pipeline-changed',
};

/** A row of `crm.stagehistory.list`; ids come as numbers or as texts. Null when it names no owner, stage or time. */
export function normaliseStageHistoryRow(kind: PipelineObjectKind, row: PortalRow): StageHistoryRow | null {
  const rowId = integerOf(row['ID']);
  const ownerId = idOf(row['OWNER_ID']);
  const stageId = codeOf(row['STAGE_ID'] ?? row['STATUS_ID']);
  const movedAt = timeOf(row['CREATED_TIME']);
  if (rowId === null || ownerId === null || stageId === null || movedAt === null) return null;
  return {
    kind,
    ownerId,
    rowId,
    pipelineId: kind === 'lead' ? 'lead:0' : `${kind}:${idOf(row['CATEGORY_ID']) ?? '0'}`,
    stageId,
    semantics: semanticsOf(row['STAGE_SEMANTIC_ID'] ?? row['STATUS_SEMANTIC_ID']),
    movedAt,
    entry: ENTRY_BY_TYPE[codeOf(row['TYPE_ID']) ?? ''] ?? 'unknown',
  };
}
