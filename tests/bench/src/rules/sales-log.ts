import { factType } from '@funnelwatch/capture-contracts';
import { eventIdOf } from '@funnelwatch/event-log';
import type { JsonObject, NewEvent } from '@funnelwatch/kernel';

export const hours = { zone: 'Europe/Moscow', days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };

const STAGES = ['NEW', 'MEETING', 'PROPOSAL', 'WON'];
const HOUR = 3_600_000;

/** What a deal is told of, step by step, as capture tells it. */
export const STEPS_OF_DEAL = 10;

/** Events of sales as capture writes them: deals go through four stages, with steps planned, moved, done, and letters. */
export class SalesEvents {
  private serial = 0;

  /** `portalId` keeps ids of events apart; `user:<n>` of `sellers` does what happens. */
  constructor(
    private readonly portalId: string,
    private readonly sellers = 12,
  ) {}

  /** Stages of deals and of leads. */
  configured(atMs: number): NewEvent[] {
    return ['deal', 'lead'].map((kind) => {
      const stages = STAGES.map((stageId, index) => ({
        ...{ stageId, name: stageId, sort: (index + 1) * 10, semantics: semanticsOf(stageId), color: null },
      }));
      const pipelines = [{ pipelineId: `${kind}:0`, name: 'Продажи', sort: 10, isDefault: true, stages }];
      return this.event(`pipelines:${kind}`, 'PipelinesConfigured', atMs, { kind, pipelines }, 'unknown');
    });
  }

  /** Everything was captured up to an instant. */
  watermark(atMs: number): NewEvent {
    const through = Object.fromEntries(feeds.map((feed) => [feed, new Date(atMs).toISOString()]));
    return this.event('capture:portal', 'CaptureAdvanced', atMs, { through, counts: {} }, 'system');
  }

  /** Step `step` of `STEPS_OF_DEAL` of the life of deal `number`, at an instant. */
  stepOfDeal(number: number, step: number, atMs: number): NewEvent[] {
    const id = String(number);
    switch (step) {
      case 0:
        return [this.appears('deal', id, number, atMs, this.dealFields(number)), this.moves(id, 0, atMs)];
      case 1:
      case 5:
        return [this.plans(`${id}0${step}`, `deal:${id}`, number, atMs)];
      case 2:
      case 4:
      case 7:
        return [this.moves(id, step === 2 ? 1 : step === 4 ? 2 : 3, atMs)];
      case 3:
        return [this.changes('activity', `${id}01`, number, atMs, { completed: true })];
      case 6:
        return [this.writes(`${id}06`, `deal:${id}`, number, atMs)];
      default:
        return [this.changes('deal', id, number, atMs, { amountKopecks: String(100_000 * step + number) })];
    }
  }

  /** A new lead that nobody has touched. */
  lead(number: number, atMs: number): NewEvent[] {
    const id = String(number);
    const fields = {
      ownerId: this.seller(number),
      createdBy: this.seller(number),
      sourceId: 'PARTNER',
      amountKopecks: '0',
    };
    return [this.appears('lead', id, number, atMs, fields), this.moves(id, 0, atMs, 'lead')];
  }

  private dealFields(number: number): JsonObject {
    return {
      ...{ ownerId: this.seller(number), createdBy: this.seller(number), currency: 'RUB' },
      ...{ amountKopecks: number % 9 === 0 ? '0' : String(100_000 + number * 7), isAmountManual: true },
      sourceId: number % 11 === 0 ? null : 'WEB',
      contactId: number % 5 === 0 ? null : String(number),
      expectedCloseDate: '2026-05-15',
    };
  }

  private plans(id: string, on: string, number: number, atMs: number): NewEvent {
    const deadline = new Date(atMs + 24 * HOUR).toISOString();
    const fields = { ...activityOn(on, '6', 'CRM_TODO'), direction: 'none', completed: false, deadline };
    return this.appears('activity', id, number, atMs, { ...fields, responsibleId: this.seller(number) });
  }

  private writes(id: string, on: string, number: number, atMs: number): NewEvent {
    const fields = { ...activityOn(on, '4', 'CRM_EMAIL'), direction: 'outgoing', completed: true };
    return this.appears('activity', id, number, atMs, { ...fields, responsibleId: this.seller(number) });
  }

  private appears(kind: Kind, id: string, number: number, atMs: number, fields: JsonObject): NewEvent {
    const createdAt = new Date(atMs).toISOString();
    const data = { kind, id, fields: { createdAt, modifiedAt: createdAt, ...fields }, extra: {}, derived: {} };
    return this.event(`${kind}:${id}`, factType(kind, 'Appeared'), atMs, data, `user:${this.seller(number)}`);
  }

  private changes(kind: Kind, id: string, number: number, atMs: number, after: JsonObject): NewEvent {
    const changes = Object.fromEntries(
      Object.entries(after).map(([name, value]) => [name, { before: null, after: value }]),
    );
    const data = { kind, id, changes, extra: {}, sealedChanged: [], derived: {} };
    return this.event(`${kind}:${id}`, factType(kind, 'Changed'), atMs, data, `user:${this.seller(number)}`);
  }

  private moves(id: string, rank: number, atMs: number, kind: 'lead' | 'deal' = 'deal'): NewEvent {
    const stageId = STAGES[rank] ?? 'NEW';
    const data = {
      ...{ kind, id, moveId: `${id}-${rank}`, pipelineId: `${kind}:0`, stageId, semantics: semanticsOf(stageId) },
      ...{ order: Number(id) * STAGES.length + rank, entry: rank === 0 ? 'created' : 'moved' },
    };
    return this.event(`${kind}:${id}`, factType(kind, 'StageMoved'), atMs, data, `user:${this.seller(Number(id))}`);
  }

  private seller(number: number): string {
    return String(10 + (number % this.sellers));
  }

  private event(streamId: string, type: string, atMs: number, data: JsonObject, actor: NewEvent['actor']): NewEvent {
    const occurredAt = new Date(atMs).toISOString();
    const eventId = eventIdOf(occurredAt, `${this.portalId} ${(this.serial += 1)}`);
    return { eventId, streamId, type, schemaVersion: 1, occurredAt, actor, provenance: 'observed', data };
  }
}

type Kind = 'lead' | 'deal' | 'activity';

const semanticsOf = (stageId: string): string => (stageId === 'WON' ? 'S' : 'P');

function activityOn(on: string, activityType: string, providerId: string): JsonObject {
  const [ownerKind = '', ownerObjectId = ''] = on.split(':');
  return { ownerKind, ownerObjectId, activityType, providerId, fileCount: 0 };
}

const feeds = [
  ...['activeUsers', 'leads', 'deals', 'invoices', 'activities', 'leadStageHistory', 'dealStageHistory'],
  ...['invoiceStageHistory', 'contacts', 'companies', 'calls', 'tasks', 'requisites', 'configuration'],
];
