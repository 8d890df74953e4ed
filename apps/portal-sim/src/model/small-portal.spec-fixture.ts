import type { PortalDoer, PortalEntity, PortalFields, PortalOperation } from '@funnelwatch/portal-generator';
import { PortalModel } from './portal-model.js';

/** Ten in the morning of the first of September 2026 in Moscow. */
const startMs = Date.parse('2026-09-01T10:00:00+03:00');

type Written = PortalOperation extends infer Operation
  ? Operation extends PortalOperation
    ? Omit<Operation, 'at' | 'by'>
    : never
  : never;

/** A portal with two deal pipelines, leads and invoices, on which a spec acts minute by minute. */
export class SmallPortal {
  readonly model = new PortalModel('Europe/Moscow');
  atMs = startMs;
  private lastStatus = 0;

  constructor() {
    this.add('currency', 'RUB', { BASE: 'Y', AMOUNT: '1.0000', AMOUNT_CNT: '1' });
    this.add('user', '1', { NAME: 'Ольга', ACTIVE: true });
    this.add('user', '2', { NAME: 'Иван', ACTIVE: true });
    this.add('category', '0', { entityTypeId: 2, name: 'Продажи', sort: 100, isDefault: 'Y' });
    this.add('category', '5', { entityTypeId: 2, name: 'Опт', sort: 200, isDefault: 'N' });
    this.add('category', '9', { entityTypeId: 31, name: 'Счета', sort: 100, isDefault: 'Y' });
    this.stages('DEAL_STAGE', ['NEW', 'PREPARATION'], 'WON', ['LOSE']);
    this.stages('DEAL_STAGE_5', ['C5:NEW'], 'C5:WON', ['C5:LOSE']);
    this.stages('STATUS', ['NEW', 'IN_PROCESS'], 'CONVERTED', ['JUNK']);
    this.stages('SMART_INVOICE_STAGE_9', ['DT31_9:N', 'DT31_9:S'], 'DT31_9:P', ['DT31_9:D']);
  }

  later(minutes: number): this {
    this.atMs += minutes * 60_000;
    return this;
  }

  apply(operation: Written, by: PortalDoer = '1'): this {
    this.model.apply({ ...operation, at: this.atMs, by });
    return this;
  }

  add(entity: PortalEntity, id: string, fields: PortalFields, by: PortalDoer = '1'): this {
    return this.apply({ op: 'add', entity, id, fields }, by);
  }

  update(
    entity: PortalEntity,
    id: string,
    fields: PortalFields,
    options: { way?: 'classic' | 'item' | 'silent'; by?: PortalDoer } = {},
  ): this {
    return this.apply({ op: 'update', entity, id, fields, way: options.way ?? 'classic' }, options.by ?? '2');
  }

  fields(kind: keyof PortalModel['tables'], id: number): Record<string, unknown> {
    const record = this.model.tables[kind].get(id);
    if (!record) throw new Error(`There is no ${kind} ${id}`);
    return record.fields;
  }

  /** Stage history of a record as [type of row, category, stage]. */
  history(kind: 'lead' | 'deal' | 'invoice', id: number): [number, number, string][] {
    return this.model.history[kind].ofOwner(id).map((row) => [row.typeId, row.categoryId, row.stageId]);
  }

  private stages(dictionary: string, process: string[], success: string, failures: string[]): void {
    const rows = [...process.map((id) => [id, null]), [success, 'S'], ...failures.map((id) => [id, 'F'])];
    rows.forEach(([stageId, semantics], place) => {
      const fields = {
        ENTITY_ID: dictionary,
        STATUS_ID: stageId,
        NAME: stageId,
        SORT: String((place + 1) * 10),
        SEMANTICS: semantics,
      };
      this.add('status', String(++this.lastStatus), fields);
    });
  }
}
