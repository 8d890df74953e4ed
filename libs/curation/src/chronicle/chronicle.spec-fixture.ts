import {
  type ActivityFields,
  type CapturedFields,
  type EntityKind,
  entityOf,
  factType,
  type FactVerb,
  type PipelineObjectKind,
  pipelineObjectKinds,
} from '@funnelwatch/capture-contracts';
import type { JsonObject, JsonValue, StoredEvent } from '@funnelwatch/kernel';
import { instant } from './instants.spec-fixture.js';
import { configurationOf, stageOf } from './pipelines.spec-fixture.js';

type Fields = Record<string, JsonValue>;

/** What is said of a record at first sight, beside what every record has. */
export interface Traits {
  /** User id of whoever made it; the seller unless told, null for an automation. */
  by?: string | null;
  stage?: string;
  fields?: Fields;
  extra?: Fields;
  derived?: Record<string, JsonObject>;
}

export interface Change {
  by?: string | null;
  fields?: Fields;
  extra?: Fields;
  /** Sealed fields that were written anew, with what is known of their texts. */
  texts?: Record<string, JsonObject>;
}

/** User id of whoever does things unless told. */
const seller = '5';

const iso = (label: string): string => new Date(instant(label)).toISOString();
const text = (length: number): JsonObject => ({ v: 2, length, isPlaceholder: false });

const pipelineObject = {
  ownerId: seller,
  amountKopecks: '10000000',
  currency: 'RUB',
  contactId: null,
  companyId: null,
  leadId: null,
  sourceId: 'WEB',
  isAmountManual: false,
} satisfies CapturedFields;

/** What records of a kind look like unless told. */
const defaults: Partial<Record<EntityKind, { fields?: Fields; derived?: Record<string, JsonObject> }>> = {
  lead: { fields: pipelineObject, derived: { title: text(12), phones: { v: 2, length: 1, invalidCount: 0 } } },
  deal: {
    fields: { ...pipelineObject, expectedCloseDate: null, quoteId: null, closed: false },
    derived: { title: { ...text(12), isDefaultTitle: false } },
  },
  invoice: {
    fields: { ...pipelineObject, dealId: '1', myCompanyId: '90', beginDate: '2026-04-06', closeDate: null },
  },
  contact: {
    fields: { ownerId: seller, companyId: null, leadId: null },
    derived: { name: { ...text(4), looksLikeCompany: false }, phones: { v: 2, length: 1, invalidCount: 0 } },
  },
  company: { fields: { ownerId: seller, isMyCompany: false }, derived: { title: text(12) } },
  requisite: { fields: { ownerKind: 'company', ownerObjectId: '1', active: true }, derived: {} },
  user: { fields: { active: true, departmentIds: ['1'] } },
};

/**
 * What the capture of a portal would have told the log, one sentence at a time: events in their real shapes, positions in
 * the order of telling. Ids of events are `<stream> <verb>`, from the second on with `#2`.
 */
export class Chronicle {
  readonly events: StoredEvent[] = [];
  private readonly told = new Map<string, number>();
  private readonly states = new Map<string, Fields>();

  constructor() {
    for (const kind of pipelineObjectKinds) this.configured(kind, 'Mon 00:00');
  }

  /** The pipelines of a kind as they are from then on, with the stages of one left out. */
  configured(kind: PipelineObjectKind, at: string, without = ''): this {
    const configuration = configurationOf(kind);
    for (const pipeline of configuration.pipelines) {
      pipeline.stages = pipeline.stages.filter(({ stageId }) => stageId !== without);
    }
    return this.tell(`pipelines:${kind}`, 'PipelinesConfigured', at, null, configuration as unknown as JsonObject);
  }

  /** A record is seen for the first time; what moves through a pipeline enters its first stage. */
  appears(stream: string, at: string, traits: Traits = {}): this {
    const { kind, id } = this.entity(stream);
    const by = traits.by === undefined ? seller : traits.by;
    const known = defaults[kind] ?? {};
    const fields = {
      ...{ createdAt: iso(at), modifiedAt: iso(at), createdBy: by, modifiedBy: by },
      ...known.fields,
      ...traits.fields,
    };
    this.states.set(stream, { ...fields, ...traits.extra });
    const derived = { ...known.derived, ...traits.derived };
    this.fact(stream, 'Appeared', at, by, { kind, id, fields, extra: traits.extra ?? {}, derived });
    if (!isPipelineObject(kind)) return this;
    const first = { lead: 'NEW', deal: 'FRESH', invoice: 'DRAFT' }[kind];
    return this.moves(stream, traits.stage ?? first, at, by, 'created');
  }

  /** Of an `unknown` entry: a move that was inferred, of which the portal keeps no numbered row. */
  moves(stream: string, stageId: string, at: string, by: string | null = seller, entry = 'moved'): this {
    const { kind, id } = this.entity(stream);
    const stage = stageOf(kind as PipelineObjectKind, stageId);
    const order = this.events.length;
    return this.fact(stream, 'StageMoved', at, by, {
      ...{ kind, id, moveId: `move-${order}`, ...stage },
      ...{ order: entry === 'unknown' ? 0 : order, entry },
    });
  }

  changes(stream: string, at: string, { by = seller, fields = {}, extra = {}, texts = {} }: Change): this {
    const { kind, id } = this.entity(stream);
    const state = this.states.get(stream) ?? {};
    const pairs = (values: Fields): JsonObject =>
      Object.fromEntries(
        Object.entries(values).map(([name, after]) => [name, { before: state[name] ?? null, after }] as const),
      );
    const data = { kind, id, changes: pairs(fields), extra: pairs(extra), sealedChanged: Object.keys(texts) };
    this.states.set(stream, { ...state, ...fields, ...extra });
    return this.fact(stream, 'Changed', at, by, { ...data, derived: texts });
  }

  /** All product rows of a record as they are from then on: price in kopecks, quantity, discount in percent. */
  sells(owner: 'deal:1' | 'invoice:1', at: string, rows: Fields[]): this {
    const stream = `product-rows:${owner === 'deal:1' ? 'D' : 'SI'}:1`;
    const complete = rows.map((row, index) => ({
      ...{
        rowId: String(index + 1),
        productId: '7',
        priceKopecks: '10000000',
        quantity: '1',
        discountRatePercent: '0',
      },
      ...row,
    }));
    if (this.told.has(`${stream} Appeared`)) return this.changes(stream, at, { fields: { rows: complete } });
    return this.appears(stream, at, { fields: { rows: complete } });
  }

  shares(stream: string, at: string, ...matches: [stream: string, on: string][]): this {
    const { kind, id } = this.entity(stream);
    const told = matches.map(([other, on]) => ({ stream: other, on }));
    return this.fact(stream, 'MatchesFound', at, null, { kind, id, matches: told });
  }

  deleted(stream: string, at: string): this {
    return this.fact(stream, 'Deleted', at, null, { ...this.entity(stream), lastSeenAt: iso(at) });
  }

  merged(stream: string, into: string, at: string): this {
    return this.fact(stream, 'Merged', at, null, { ...this.entity(stream), into });
  }

  /** An activity of a record, planned unless its fields say otherwise. */
  activity(stream: string, of: string, at: string, traits: Traits & { fields: Partial<ActivityFields> }): this {
    const owner = this.entity(of);
    return this.appears(stream, at, {
      ...traits,
      fields: {
        ...{ activityType: '6', providerId: 'CRM_TODO', direction: 'none', completed: false, fileCount: 0 },
        ...{
          ownerKind: owner.kind,
          ownerObjectId: owner.id,
          responsibleId: seller,
          authorId: traits.by === undefined ? seller : traits.by,
        },
        ...{ editorId: traits.by === undefined ? seller : traits.by, startAt: null, endAt: null, deadline: null },
        ...(traits.fields as Fields),
      },
    });
  }

  todo(stream: string, of: string, at: string, deadline: string | null = null): this {
    return this.activity(stream, of, at, { fields: { deadline: deadline === null ? null : iso(deadline) } });
  }

  meeting(stream: string, of: string, at: string, until: string): this {
    return this.activity(stream, of, at, { fields: { activityType: '1', endAt: iso(until), deadline: iso(until) } });
  }

  letter(stream: string, of: string, at: string, direction: 'incoming' | 'outgoing', fileCount = 0): this {
    const fields = { activityType: '4', direction, completed: direction === 'outgoing', fileCount };
    return this.activity(stream, of, at, { fields });
  }

  /** A call with its row of telephony: connected for so many seconds; null when it was not. */
  call(
    id: string,
    of: string,
    at: string,
    direction: 'incoming' | 'outgoing',
    seconds: number | null,
    { by = seller, comment = 0 }: { by?: string | null; comment?: number } = {},
  ): this {
    const owner = this.entity(of);
    const fields = { activityType: '2', direction, completed: true, startAt: iso(at), responsibleId: by };
    this.activity(`activity:${id}`, of, at, { fields: { ...fields, endAt: iso(at) }, by });
    const row = {
      ...{ userId: by, direction, startedAt: iso(at), durationSeconds: seconds ?? 0, crmKind: owner.kind },
      ...{ failedCode: seconds === null ? '304' : '200', crmObjectId: owner.id, activityId: id },
    };
    const derived = comment > 0 ? { comment: text(comment) } : {};
    return this.fact(`call:${id}`, 'Appeared', at, null, { kind: 'call', id, fields: row, extra: {}, derived });
  }

  done(stream: string, at: string, by: string | null = seller): this {
    return this.changes(stream, at, { fields: { completed: true }, by });
  }

  reschedules(stream: string, at: string, deadline: string): this {
    return this.changes(stream, at, { fields: { deadline: iso(deadline) } });
  }

  /** A record of the seller's work was drawn for an audit. */
  drawn(audit: string, about: string, at: string, whose = seller): this {
    const data = { auditId: audit, week: '2026-03-30', seller: whose, kind: 'deal', about, happenedAt: iso(at) };
    const checklist = { checklistId: 'deal', checklistVersion: 1 };
    return this.tell(`audit:${audit}`, 'AuditDrawn', at, null, { ...data, ...checklist }, 'Drawn');
  }

  /** An audit was scored, percent; below 70 it failed. */
  scored(audit: string, at: string, score: number): this {
    const data = { marks: [], score, isPassed: score >= 70, failedBy: [], by: 'anna' };
    return this.tell(`audit:${audit}`, 'AuditScored', at, '9', data, 'Scored');
  }

  scoreWithdrawn(audit: string, at: string): this {
    return this.tell(`audit:${audit}`, 'AuditScoreWithdrawn', at, '9', { by: 'anna' }, 'Withdrawn');
  }

  /** What is usual from then on: working days by stage, kopecks by pipeline, and working hours by channel. */
  learned(
    at: string,
    days: Record<string, number>,
    amounts: Record<string, number> = {},
    silences: Record<string, number> = {},
  ): this {
    const data = {
      ...{ week: '2026-04-06', asOf: iso(at) },
      stages: Object.entries(days).map(([stage, usual]) => ({ stage, days: usual, stays: 20 })),
      amounts: Object.entries(amounts).map(([pipeline, limit]) => ({ pipeline, currency: 'RUB', limit, deals: 20 })),
      channels: Object.entries(silences).map(([channel, hours]) => ({ channel, hours, silences: 20 })),
    };
    return this.tell('learned:limits', 'LimitsLearned', at, null, data, 'Learned');
  }

  /** A fact as it stands, where no sentence above says it. */
  tells(stream: string, verb: FactVerb, at: string, data: JsonObject, by: string | null = null): this {
    return this.fact(stream, verb, at, by, data);
  }

  private fact(stream: string, verb: FactVerb, at: string, by: string | null, data: object): this {
    return this.tell(stream, factType(this.entity(stream).kind, verb), at, by, data as JsonObject, verb);
  }

  private tell(
    stream: string,
    type: string,
    at: string,
    by: string | null,
    data: JsonObject,
    verb = 'Configured',
  ): this {
    const name = `${stream} ${verb}`;
    const times = (this.told.get(name) ?? 0) + 1;
    this.told.set(name, times);
    const position = this.events.length + 1;
    this.events.push({
      ...{ eventId: times === 1 ? name : `${name}#${times}`, streamId: stream, type, schemaVersion: 1, data },
      ...{ occurredAt: iso(at), actor: by === null ? 'unknown' : `user:${by}`, provenance: 'observed' },
      ...{ portalId: 'p1', bucket: 0, position, version: 1, recordedAt: iso(at), digest: '', hash: '' },
    });
    return this;
  }

  private entity(stream: string): { kind: EntityKind; id: string } {
    const entity = entityOf(stream);
    if (!entity) throw new Error(`"${stream}" is no stream of a record.`);
    return entity;
  }
}

const isPipelineObject = (kind: EntityKind): kind is PipelineObjectKind =>
  (pipelineObjectKinds as readonly string[]).includes(kind);
