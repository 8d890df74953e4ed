import type { PortalFields, PortalOperation } from '../script.js';

type Entity = 'deal' | 'lead' | 'invoice';

const stages: readonly (readonly [dictionary: string, id: string, sort: number, semantics: 'S' | 'F' | null])[] = [
  ['DEAL_STAGE', 'NEW', 10, null],
  ['DEAL_STAGE', 'MEET', 20, null],
  ['DEAL_STAGE', 'OFFER', 30, null],
  ['DEAL_STAGE', 'WON', 40, 'S'],
  ['DEAL_STAGE', 'LOSE', 50, 'F'],
  ['DEAL_STAGE_5', 'C5:NEW', 10, null],
  ['DEAL_STAGE_5', 'C5:WON', 20, 'S'],
  ['DEAL_STAGE_5', 'C5:LOSE', 30, 'F'],
];

/** Writes short scripts by hand: two deal pipelines, days counted from the first of September 2026 in Moscow. */
export class SmallScript {
  readonly operations: PortalOperation[] = [];

  constructor() {
    stages.forEach(([dictionary, id, sort, semantics], row) => {
      const fields = { ENTITY_ID: dictionary, STATUS_ID: id, NAME: id, SORT: String(sort), SEMANTICS: semantics };
      this.operations.push({ op: 'add', at: at(0), by: '1', entity: 'status', id: String(row + 1), fields });
    });
  }

  add(day: number, id: string, fields: PortalFields = {}, by = '3', entity: Entity = 'deal'): this {
    const all = { ASSIGNED_BY_ID: '3', OPPORTUNITY: '100.00', CURRENCY_ID: 'RUB', ...fields };
    this.operations.push({ op: 'add', at: at(day), by, entity, id, fields: all });
    return this;
  }

  update(day: number, id: string, fields: PortalFields, way: 'classic' | 'item' = 'classic'): this {
    this.operations.push({ op: 'update', at: at(day), by: '3', entity: 'deal', id, fields, way });
    return this;
  }

  move(day: number, id: string, stageId: string): this {
    return this.update(day, id, { STAGE_ID: stageId });
  }

  other(operation: PortalOperation): this {
    this.operations.push(operation);
    return this;
  }
}

/** Days (fractions too) after midnight of 1 September 2026 in Moscow, in milliseconds. */
export function at(day: number): number {
  return Date.parse('2026-09-01T00:00:00+03:00') + Math.round(day * 86_400) * 1000;
}
