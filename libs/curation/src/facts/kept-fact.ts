import {
  type AppearedData,
  type ChangedData,
  type EntityKind,
  entityOf,
  type FactVerb,
  parseFactType,
} from '@funnelwatch/capture-contracts';
import type { JsonObject, JsonValue, Provenance, StoredEvent } from '@funnelwatch/kernel';
import type { AuditEvent } from '../quality/audits/audit-events.js';
import type { LimitEvent } from '../learning/limit-events.js';
import { isNeededDictionary } from '../needs/portal-catalogue.js';

/** A captured fact reduced to what rules can ask about. */
export interface KeptFact {
  /** `deal:12`; configuration is `pipelines:deal`, `dictionary:SOURCE`; a sampled audit is `audit:<id>`, what is usual `learned:limits`. */
  stream: string;
  kind: EntityKind | 'pipelines' | 'dictionary' | 'audit' | 'learned';
  /** The captured verb, `Configured`, what became of an audit, or that something was learned. */
  verb: FactVerb | 'Configured' | AuditEvent['type'] | LimitEvent['type'];
  eventId: string;
  /** Position in the bucket, which breaks ties of one instant. */
  position: number;
  /** Milliseconds since the epoch, CRM time. */
  at: number;
  /** User id of the person who did it; null where the portal names nobody. */
  by: string | null;
  provenance: Provenance;
  data: JsonObject;
}

const origin = [
  'ownerId',
  'createdBy',
  'modifiedBy',
  'createdAt',
  'modifiedAt',
  'sourceId',
  'originId',
  'originatorId',
];
const pipelineObject = [...origin, 'amountKopecks', 'currency', 'contactId', 'companyId', 'leadId', 'isAmountManual'];

/** Canonical fields that views read, by kind; the portal's own fields are kept whole, they hold no free text. */
const keptFields: Partial<Record<EntityKind, readonly string[]>> = {
  lead: [...pipelineObject, 'hasPhone', 'hasEmail'],
  deal: [...pipelineObject, 'expectedCloseDate', 'quoteId', 'typeId'],
  invoice: [...pipelineObject, 'dealId', 'myCompanyId', 'beginDate', 'closeDate'],
  contact: [...origin, 'companyId', 'leadId', 'hasPhone', 'hasEmail', 'typeId'],
  company: [...origin, 'typeId', 'isMyCompany', 'hasPhone', 'hasEmail'],
  requisite: ['ownerKind', 'ownerObjectId', 'createdBy', 'modifiedBy', 'createdAt', 'active', 'isAddressOnly'],
  activity: [
    ...['ownerKind', 'ownerObjectId', 'activityType', 'providerId', 'direction', 'responsibleId', 'authorId'],
    ...['editorId', 'completed', 'status', 'createdAt', 'modifiedAt', 'startAt', 'endAt', 'deadline', 'fileCount'],
    'associatedObjectId',
  ],
  call: [
    ...['userId', 'direction', 'startedAt', 'durationSeconds', 'failedCode', 'crmKind', 'crmObjectId', 'activityId'],
    'category',
  ],
  task: [
    ...['status', 'responsibleId', 'createdBy', 'modifiedBy', 'closedBy', 'createdAt', 'modifiedAt', 'closedAt'],
    ...['deadline', 'crmBindings'],
  ],
  user: ['active', 'departmentIds', 'userType', 'isAdmin'],
  department: ['headId', 'parentId'],
};

/** Own fields of records that others refer to. */
const keptExtra: Partial<Record<EntityKind, readonly string[] | 'all'>> = {
  lead: 'all',
  deal: 'all',
  invoice: 'all',
  contact: 'all',
  company: 'all',
  activity: ['BINDINGS'],
};

function pick(fields: Record<string, JsonValue>, names: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  for (const name of names) if (fields[name] !== undefined) picked[name] = fields[name];
  return picked;
}

function extraOf(kind: EntityKind, extra: Record<string, JsonValue> | undefined): JsonObject {
  const kept = keptExtra[kind];
  if (kept === undefined || !extra) return {};
  return kept === 'all' ? extra : pick(extra, kept);
}

type TellingEvent = Pick<
  StoredEvent,
  'streamId' | 'eventId' | 'position' | 'occurredAt' | 'actor' | 'provenance' | 'type' | 'data'
>;

/** The fact of an event; null for events that no rule asks about, and for erased ones. */
export function keptFactOf(event: TellingEvent): KeptFact | null {
  if ((event.data as unknown) === null) return null;
  const base = {
    stream: event.streamId,
    eventId: event.eventId,
    position: event.position,
    at: Date.parse(event.occurredAt),
    by: event.actor.startsWith('user:') ? event.actor.slice('user:'.length) : null,
    provenance: event.provenance,
  };
  if (event.type === 'PipelinesConfigured') {
    return { ...base, kind: 'pipelines', verb: 'Configured', data: event.data };
  }
  if (event.type === 'DictionaryConfigured') {
    const isNeeded = isNeededDictionary(event.streamId);
    return isNeeded ? { ...base, kind: 'dictionary', verb: 'Configured', data: event.data } : null;
  }
  if (event.type === 'LimitsLearned') {
    return { ...base, kind: 'learned', verb: event.type, data: event.data };
  }
  const audit = auditFact(event);
  if (audit) return { ...base, kind: 'audit', ...audit };
  const fact = parseFactType(event.type);
  const entity = entityOf(event.streamId);
  if (!fact || !entity) return null;
  const { kind, verb } = fact;
  if (kind === 'product-rows') return { ...base, kind, verb, data: rowsData(verb, event.data) };
  if (!keptFields[kind]) return null;
  return { ...base, kind, verb, data: trimmed(kind, verb, event.data) };
}

/** Of audits rules ask whose work failed or passed, and how; marks and remarks are for those who audit. */
function auditFact({ type, data }: TellingEvent): Pick<KeptFact, 'verb' | 'data'> | null {
  switch (type) {
    case 'AuditDrawn':
      return { verb: type, data: pick(data, ['seller', 'about']) };
    case 'AuditScored':
      return { verb: type, data: pick(data, ['score', 'isPassed']) };
    case 'AuditScoreWithdrawn':
      return { verb: type, data: {} };
    default:
      return null;
  }
}

function trimmed(kind: EntityKind, verb: FactVerb, data: JsonObject): JsonObject {
  const names = keptFields[kind] ?? [];
  if (verb === 'Appeared') {
    const { fields, extra, derived } = data as unknown as AppearedData;
    return { fields: pick(fields, names), extra: extraOf(kind, extra), derived: derived ?? {} };
  }
  if (verb === 'Changed') {
    const { changes, extra, sealedChanged, derived } = data as unknown as ChangedData;
    return {
      changes: pick(changes, names),
      extra: extraOf(kind, extra),
      sealedChanged,
      derived: derived ?? {},
    };
  }
  return data;
}

const rowFields = ['productId', 'priceKopecks', 'quantity', 'discountRatePercent'];

function rowsData(verb: FactVerb, data: JsonObject): JsonObject {
  const rowsOf = (rows: JsonValue | undefined): JsonObject[] =>
    Array.isArray(rows) ? rows.map((row) => pick(row as JsonObject, rowFields)) : [];
  if (verb === 'Appeared') return { rows: rowsOf((data as unknown as AppearedData).fields['rows']) };
  if (verb === 'Changed') {
    const change = (data as unknown as ChangedData).changes['rows'];
    return change ? { rows: rowsOf(change.after) } : {};
  }
  return {};
}
