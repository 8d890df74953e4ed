import type { GeneratedCompany, PortalOperation } from '@funnelwatch/portal-generator';
import type { PortalClock } from '../clock/portal-clock.js';
import { allMethods } from '../methods/all-methods.js';
import type { CallContext, RecordKind, WrittenOperation } from '../methods/method.js';
import { PortalModel } from '../model/portal-model.js';
import type { PortalRecord } from '../model/record-table.js';
import type { Journal, JournalEntry } from './journal.js';
import type { HiddenRows, PortalSettings } from './portal-settings.js';
import { RecordIds } from './record-ids.js';
import type { Webhook } from './webhooks.js';

/** Operations of the script in order: the set-up, the history, then what goes on happening. */
function* scriptOf(company: GeneratedCompany): Generator<PortalOperation, void, void> {
  yield* company.setup;
  yield* company.history;
  yield* company.live(company.parameters.endAt);
}

/**
 * A portal that lives by a script: whatever is due by portal time is applied before anybody looks. Clients' changes are
 * journaled with their place between the operations of the script, so the same portal can be made again.
 */
export class Portal {
  readonly model: PortalModel;
  private readonly script: Generator<PortalOperation, void, void>;
  private readonly ids = new RecordIds();
  private upcoming: PortalOperation | null;
  private applied = 0;
  private replayed = 0;

  constructor(
    private readonly company: GeneratedCompany,
    private readonly clock: PortalClock,
    private readonly journal: Journal,
    readonly settings: PortalSettings,
    readonly memberId: string,
  ) {
    this.model = new PortalModel(company.parameters.zone);
    this.model.historyMode = settings.historyMode;
    this.script = scriptOf(company);
    this.upcoming = this.takeNext();
  }

  /** Number of script operations applied so far. */
  get appliedOperations(): number {
    return this.applied;
  }

  /** When the next operation of the script is due. */
  get nextAtMs(): number | null {
    return this.upcoming?.at ?? null;
  }

  /** Applies everything that is due and returns portal time. */
  catchUp(): number {
    const nowMs = this.clock.nowMs();
    this.replay();
    while (this.upcoming !== null && this.upcoming.at <= nowMs) {
      this.model.apply(this.ids.place(this.upcoming));
      this.applied++;
      this.upcoming = this.takeNext();
      this.replay();
    }
    return nowMs;
  }

  /** Applies an operation of a client or a test now. */
  operate(operation: PortalOperation): void {
    this.record({ kind: 'operation', operation });
  }

  /** What a call of that webhook may see and do. */
  contextFor(webhook: Webhook, host: string, nowMs: number): CallContext {
    return {
      model: this.model,
      settings: this.settings,
      webhook,
      memberId: this.memberId,
      host,
      nowMs,
      write: (operation: WrittenOperation) => {
        const at = Math.floor(nowMs / 1000) * 1000;
        this.operate({ ...operation, at, by: String(webhook.userId) });
      },
      nextId: (entity) => this.ids.next(entity),
      addComment: ({ entityType, entityId, text }) => {
        this.record({ kind: 'comment', at: nowMs, authorId: webhook.userId, entityType, entityId, text });
        return this.model.comments.length;
      },
      addNotification: ({ kind, userId, message, tag, subTag }) => {
        const isSystem = kind === 'system';
        const fromUserId = isSystem ? 0 : webhook.userId;
        this.record({ kind: 'notification', at: nowMs, fromUserId, userId, message, tag, subTag, isSystem });
        return this.model.notifications.lastId;
      },
      visibility: (kind) => this.visibility(kind, webhook),
      methodNames: () => ['batch', ...[...allMethods.values()].map((method) => method.name)],
    };
  }

  /** All operations up to a moment as this portal saw them, clients' ones included, from the beginning. */
  *operationsUntil(untilMs: number): Generator<PortalOperation, void, void> {
    const ids = new RecordIds();
    let position = 0;
    let journaled = 0;
    const { entries } = this.journal;
    for (const operation of scriptOf(this.company)) {
      for (; (entries[journaled]?.after ?? Infinity) <= position; journaled++) {
        const entry = entries[journaled] as JournalEntry;
        if (entry.kind !== 'operation') continue;
        ids.noteClient(entry.operation);
        if (entry.operation.at <= untilMs) yield entry.operation;
      }
      if (operation.at > untilMs || position === this.applied) return;
      yield ids.place(operation);
      position++;
    }
  }

  private takeNext(): PortalOperation | null {
    const next = this.script.next();
    return next.done ? null : next.value;
  }

  private record(entry: DistributedOmit<JournalEntry, 'after'>): void {
    this.journal.add({ ...entry, after: this.applied });
    this.replay();
  }

  /** Applies journaled entries whose place has been reached. */
  private replay(): void {
    for (;;) {
      const entry = this.journal.entries[this.replayed];
      if (entry === undefined || entry.after > this.applied) return;
      this.replayed++;
      this.applyEntry(entry);
    }
  }

  private applyEntry(entry: JournalEntry): void {
    switch (entry.kind) {
      case 'operation':
        this.ids.noteClient(entry.operation);
        this.model.apply(entry.operation);
        return;
      case 'comment':
        this.model.comments.push({
          id: this.model.comments.length + 1,
          entityType: entry.entityType,
          entityId: entry.entityId,
          authorId: entry.authorId,
          createdMs: entry.at,
          comment: entry.text,
        });
        return;
      case 'notification':
        this.model.notifications.add({
          userId: entry.userId,
          fromUserId: entry.fromUserId,
          createdMs: entry.at,
          kind: entry.isSystem ? 'system' : 'personal',
          message: entry.message,
          tag: entry.tag,
          subTag: entry.subTag ?? null,
        });
    }
  }

  private visibility(kind: RecordKind, webhook: Webhook): ((record: PortalRecord) => boolean) | undefined {
    const hidden = this.settings.hidden.filter((rule) => rule.entity === kind);
    const owner = ownerField(kind);
    const seesAll = webhook.sees === 'all' || owner === null;
    if (hidden.length === 0 && seesAll) return undefined;
    return (record) => {
      if (!seesAll && Number(record.fields[owner]) !== webhook.userId) return false;
      return !hidden.some((rule) => hides(rule, record, owner));
    };
  }
}

type DistributedOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

function ownerField(kind: RecordKind): string | null {
  switch (kind) {
    case 'activity':
    case 'task':
      return 'RESPONSIBLE_ID';
    case 'call':
      return 'PORTAL_USER_ID';
    case 'requisite':
    case 'status':
      return null;
    default:
      return 'ASSIGNED_BY_ID';
  }
}

function hides(rule: HiddenRows, record: PortalRecord, owner: string | null): boolean {
  if (rule.ids !== undefined && !rule.ids.includes(record.id)) return false;
  if (rule.assignedTo !== undefined && owner !== null && Number(record.fields[owner]) !== rule.assignedTo) return false;
  return rule.ids !== undefined || rule.assignedTo !== undefined;
}
