import type { JsonValue } from '@funnelwatch/kernel';
import type { PipelineId, StageSemantics } from './entities.js';

/**
 * Canonical fields of captured entities: names and types are ours, whatever method of the portal they came from.
 * Ids are strings and null means "none" (never "0" or ""). Times are ISO 8601 in UTC with milliseconds; dates are
 * `YYYY-MM-DD`. Money is a decimal string of integer kopecks. Names, titles, phones and free text are not here:
 * they are sealed, see docs/events.md.
 */
export type CapturedFields = Record<string, JsonValue>;

export interface PipelineObjectFields extends CapturedFields {
  /** Where the object stood when it was observed. Moves are facts of their own. */
  pipelineId: PipelineId;
  stageId: string;
  stageSemantics: StageSemantics;
  /** Responsible person: `user` id. */
  ownerId: string | null;
  createdBy: string | null;
  modifiedBy: string | null;
  movedBy: string | null;
  createdAt: string;
  modifiedAt: string;
  movedAt: string | null;
  amountKopecks: string;
  currency: string | null;
  contactId: string | null;
  companyId: string | null;
  leadId: string | null;
  sourceId: string | null;
}

export interface DealFields extends PipelineObjectFields {
  closed: boolean;
  expectedCloseDate: string | null;
}

export interface InvoiceFields extends PipelineObjectFields {
  dealId: string | null;
  closeDate: string | null;
}

export interface ActivityFields extends CapturedFields {
  /** The portal's TYPE_ID: 1 meeting, 2 call, 3 task, 4 e-mail, 6 provider-defined. */
  activityType: string;
  providerId: string | null;
  direction: 'none' | 'incoming' | 'outgoing';
  ownerKind: string | null;
  ownerObjectId: string | null;
  responsibleId: string | null;
  authorId: string | null;
  completed: boolean;
  createdAt: string;
  modifiedAt: string;
  startAt: string | null;
  endAt: string | null;
  deadline: string | null;
  fileCount: number;
}

export interface UserFields extends CapturedFields {
  active: boolean;
  departmentIds: string[];
}
