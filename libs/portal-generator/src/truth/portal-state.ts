import { kopecksOf } from '@funnelwatch/kernel';
import type { Semantics } from '../parameters/company-parameters.js';
import type { PortalFields, PortalOperation } from '../script.js';

type Add = Extract<PortalOperation, { op: 'add' }>;
type Update = Extract<PortalOperation, { op: 'update' }>;

export type ObjectKind = 'deal' | 'lead' | 'invoice';

interface Move {
  at: number;
  /** Orders moves of the same second. */
  order: number;
  pipelineId: string;
  stageId: string;
}

/** A value and what it was before: [from when, value], oldest first. */
type History<T> = { since: number; value: T }[];

export interface TrackedObject {
  kind: ObjectKind;
  categoryId: string;
  stageId: string;
  moves: Move[];
  owner: History<string | null>;
  amountKopecks: History<bigint>;
  currency: History<string>;
  manualAmount: boolean;
  gone: 'deleted' | 'merged' | null;
}

export interface ConfiguredStage {
  pipelineId: string;
  id: string;
  name: string;
  sort: number;
  semantics: Semantics;
  removed: boolean;
}

const names = {
  deal: { stage: 'STAGE_ID', category: 'CATEGORY_ID', amount: 'OPPORTUNITY', currency: 'CURRENCY_ID', owner: 'ASSIGNED_BY_ID', manual: 'IS_MANUAL_OPPORTUNITY' },
  lead: { stage: 'STATUS_ID', category: '', amount: 'OPPORTUNITY', currency: 'CURRENCY_ID', owner: 'ASSIGNED_BY_ID', manual: 'IS_MANUAL_OPPORTUNITY' },
  invoice: { stage: 'stageId', category: 'categoryId', amount: 'opportunity', currency: 'currencyId', owner: 'assignedById', manual: 'isManualOpportunity' },
} as const; // prettier-ignore

const ownerKinds: Record<string, ObjectKind> = { L: 'lead', D: 'deal', SI: 'invoice' };

/** What a portal that followed the script would hold: where each object stood and when, and who owned what. */
export class PortalState {
  readonly objects = new Map<string, TrackedObject>();
  readonly stages = new Map<string, ConfiguredStage>();
  baseCurrency = 'RUB';
  private readonly statusIds = new Map<string, string>();
  private order = 0;

  apply(operation: PortalOperation): void {
    this.order += 1;
    switch (operation.op) {
      case 'add':
        return this.add(operation);
      case 'update':
        return this.update(operation);
      case 'delete':
        return this.remove(operation.entity, operation.id);
      case 'merge':
        for (const loser of operation.losers) {
          const object = this.objects.get(`${operation.entity}:${loser}`);
          if (object) object.gone ??= 'merged';
        }
        return;
      case 'set-product-rows':
        return this.setRows(operation.at, ownerKinds[operation.ownerType] ?? 'deal', operation.ownerId, operation.rows);
    }
  }

  private add(operation: Add): void {
    const { entity, fields } = operation;
    if (entity === 'currency' && fields['BASE'] === 'Y') this.baseCurrency = operation.id;
    if (entity === 'status') this.configure(operation.id, fields);
    if (entity !== 'deal' && entity !== 'lead' && entity !== 'invoice') return;
    const name = names[entity];
    const categoryId = name.category ? text(fields[name.category]) || '0' : '0';
    const pipelineId = `${entity}:${categoryId}`;
    const asked = text(fields[name.stage]);
    const stageId = this.isConfigured(pipelineId, asked) ? asked : this.firstStage(pipelineId);
    const imported = operation.by === 'import';
    const enteredAt = imported
      ? (instant(fields['MOVED_TIME'] ?? fields['DATE_CREATE']) ?? operation.at)
      : operation.at;
    const doer = /^\d+$/.test(operation.by) ? operation.by : null;
    const owner = name.owner in fields || imported ? ownerOf(fields[name.owner]) : doer;
    this.objects.set(`${entity}:${operation.id}`, {
      kind: entity,
      categoryId,
      stageId,
      moves: [{ at: enteredAt, order: this.order, pipelineId, stageId }],
      owner: [{ since: Number.NEGATIVE_INFINITY, value: owner }],
      amountKopecks: [{ since: Number.NEGATIVE_INFINITY, value: money(fields[name.amount]) }],
      currency: [{ since: Number.NEGATIVE_INFINITY, value: text(fields[name.currency]) || this.baseCurrency }],
      manualAmount: fields[name.manual] === 'Y',
      gone: null,
    });
  }

  private update(operation: Update): void {
    const { entity, id, fields, at } = operation;
    if (entity === 'status') this.reconfigure(id, fields);
    if (entity !== 'deal' && entity !== 'lead' && entity !== 'invoice') return;
    const object = this.objects.get(`${entity}:${id}`);
    if (!object || object.gone) return;
    const name = names[entity];
    this.place(object, operation, text(fields[name.stage]), name.category ? text(fields[name.category]) : '');
    const owner = name.owner in fields ? ownerOf(fields[name.owner]) : null;
    // The portal ignores an update that would leave an object without a responsible person.
    if (owner !== null) object.owner.push({ since: at, value: owner });
    if (name.manual in fields) object.manualAmount = fields[name.manual] === 'Y';
    if (name.amount in fields) object.amountKopecks.push({ since: at, value: money(fields[name.amount]) });
    const currency = text(fields[name.currency]);
    if (currency) object.currency.push({ since: at, value: currency });
  }

  /** A stage that does not belong to the object's pipeline is ignored; only an item update changes the pipeline. */
  private place(object: TrackedObject, operation: Update, stageId: string, categoryId: string): void {
    if (operation.way === 'item' && categoryId && categoryId !== object.categoryId) {
      const pipelineId = `${object.kind}:${categoryId}`;
      object.categoryId = categoryId;
      object.stageId = this.isConfigured(pipelineId, stageId) ? stageId : this.firstStage(pipelineId);
    } else {
      if (!stageId || stageId === object.stageId) return;
      if (!this.isConfigured(`${object.kind}:${object.categoryId}`, stageId)) return;
      object.stageId = stageId;
    }
    const pipelineId = `${object.kind}:${object.categoryId}`;
    object.moves.push({ at: operation.at, order: this.order, pipelineId, stageId: object.stageId });
  }

  private setRows(at: number, kind: ObjectKind, id: string, rows: PortalFields[]): void {
    const object = this.objects.get(`${kind}:${id}`);
    if (!object || object.manualAmount) return;
    let sum = 0n;
    for (const row of rows) {
      const price = kopecksOf(String(row['PRICE'])) ?? 0n;
      sum += price * BigInt(Number(row['QUANTITY'] ?? 1));
    }
    object.amountKopecks.push({ since: at, value: sum });
  }

  private remove(entity: string, id: string): void {
    const object = this.objects.get(`${entity}:${id}`);
    if (object) object.gone ??= 'deleted';
    if (entity !== 'status') return;
    const stage = this.stages.get(this.statusIds.get(id) ?? '');
    if (stage) stage.removed = true;
  }

  private configure(id: string, fields: PortalFields): void {
    const pipelineId = pipelineOfDictionary(text(fields['ENTITY_ID']));
    if (pipelineId === null) return;
    const stageId = text(fields['STATUS_ID']);
    const semantics = fields['SEMANTICS'] === 'S' || fields['SEMANTICS'] === 'F' ? fields['SEMANTICS'] : 'P';
    const key = `${pipelineId} ${stageId}`;
    this.statusIds.set(id, key);
    const sort = Number(fields['SORT']);
    this.stages.set(key, { pipelineId, id: stageId, name: text(fields['NAME']), sort, semantics, removed: false });
  }

  private reconfigure(id: string, fields: PortalFields): void {
    const stage = this.stages.get(this.statusIds.get(id) ?? '');
    if (!stage) return;
    if ('NAME' in fields) stage.name = text(fields['NAME']);
    if ('SORT' in fields) stage.sort = Number(fields['SORT']);
  }

  private isConfigured(pipelineId: string, stageId: string): boolean {
    const stage = this.stages.get(`${pipelineId} ${stageId}`);
    return stage !== undefined && !stage.removed;
  }

  private firstStage(pipelineId: string): string {
    const inProcess = [...this.stages.values()].filter(
      (stage) => stage.pipelineId === pipelineId && stage.semantics === 'P' && !stage.removed,
    );
    inProcess.sort((one, other) => one.sort - other.sort);
    return inProcess[0]?.id ?? '';
  }
}

/** The pipeline whose stages a dictionary holds; null for other dictionaries. */
function pipelineOfDictionary(entityId: string): string | null {
  if (entityId === 'STATUS') return 'lead:0';
  if (entityId === 'DEAL_STAGE') return 'deal:0';
  const match = /^(DEAL_STAGE|SMART_INVOICE_STAGE)_(\d+)$/.exec(entityId);
  if (!match) return null;
  return `${match[1] === 'DEAL_STAGE' ? 'deal' : 'invoice'}:${match[2]}`;
}

/** The value that held at the given moment. */
export function valueAt<T>(history: History<T>, at: number): T {
  let value = history[0];
  for (const entry of history) if (entry.since <= at) value = entry;
  if (!value) throw new Error('An object without a first value.');
  return value.value;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function ownerOf(value: unknown): string | null {
  const id = text(value);
  return id === '' || id === '0' ? null : id;
}

function money(value: unknown): bigint {
  return kopecksOf(text(value)) ?? 0n;
}

function instant(value: unknown): number | null {
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}
