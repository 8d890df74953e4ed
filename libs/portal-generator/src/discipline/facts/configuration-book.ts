import type { PortalFields, PortalOperation } from '../../script.js';
import type { ConfigurationReading, ConfiguredPipeline } from './facts.js';
import { textIn } from './portal-values.js';

interface StageRow {
  id: number;
  pipelineId: string;
  raw: PortalFields;
}

const kinds = ['lead', 'deal', 'invoice'] as const;

/** The pipelines and stages as configured, and each reading that differs from the one before. */
export class ConfigurationBook {
  readonly readings: ConfigurationReading[] = [];
  private readonly stages = new Map<string, StageRow>();
  private readonly categories = new Map<string, PortalFields>();
  private changedAt: number | null = null;

  /** Everything of earlier instants has been told: what changed is read now. */
  passTo(at: number): void {
    if (this.changedAt === null || at <= this.changedAt) return;
    for (const kind of kinds) {
      const reading = this.read(kind, this.changedAt);
      const last = this.readings.filter((one) => one.kind === kind).at(-1);
      if (reading.text !== last?.text) this.readings.push(reading);
    }
    this.changedAt = null;
  }

  add({ entity, id, fields, at }: PortalOperation & { op: 'add' }): void {
    if (entity === 'category') {
      const kind = textIn(fields['entityTypeId']) === '31' ? 'invoice' : 'deal';
      this.categories.set(`${kind}:${id}`, fields);
      this.changedAt = at;
      return;
    }
    const pipelineId = pipelineOfDictionary(textIn(fields['ENTITY_ID']) ?? '');
    if (pipelineId === null) return;
    this.stages.set(id, { id: Number(id), pipelineId, raw: { ...fields } });
    this.changedAt = at;
  }

  update({ id, fields, at }: PortalOperation & { op: 'update' }): void {
    const row = this.stages.get(id);
    if (!row) return;
    Object.assign(row.raw, fields);
    this.changedAt = at;
  }

  remove(id: string, at: number): void {
    if (this.stages.delete(id)) this.changedAt = at;
  }

  semanticsOf(pipelineId: string, stageId: string): 'P' | 'S' | 'F' | null {
    const row = this.rowsOf(pipelineId).find(({ raw }) => raw['STATUS_ID'] === stageId);
    return row ? semanticsIn(row.raw) : null;
  }

  firstStage(pipelineId: string): string {
    return textIn(this.rowsOf(pipelineId)[0]?.raw['STATUS_ID']) ?? 'NEW';
  }

  hasPipeline(pipelineId: string): boolean {
    return this.categories.has(pipelineId);
  }

  defaultPipeline(kind: 'deal' | 'invoice'): string {
    for (const [id, category] of this.categories) {
      if (id.startsWith(`${kind}:`) && category['isDefault'] === 'Y') return id;
    }
    return `${kind}:0`;
  }

  private rowsOf(pipelineId: string): StageRow[] {
    return [...this.stages.values()]
      .filter((row) => row.pipelineId === pipelineId)
      .sort((one, other) => Number(one.raw['SORT']) - Number(other.raw['SORT']) || one.id - other.id);
  }

  private read(kind: ConfigurationReading['kind'], at: number): ConfigurationReading {
    const ids =
      kind === 'lead' ? ['lead:0'] : [...this.categories.keys()].filter((id) => id.startsWith(`${kind}:`)).sort();
    const pipelines: ConfiguredPipeline[] = ids.map((id) => ({
      id,
      stages: this.rowsOf(id).map(({ raw }) => ({ id: textIn(raw['STATUS_ID']) ?? '', semantics: semanticsIn(raw) })),
    }));
    const told = ids.map((id) => [
      this.categories.get(id) ?? null,
      this.rowsOf(id).map(({ raw }) => [raw['STATUS_ID'], raw['NAME'], raw['SORT'], raw['SEMANTICS'], raw['COLOR']]),
    ]);
    return { at, kind, pipelines, text: JSON.stringify(told) };
  }
}

function semanticsIn(raw: PortalFields): 'P' | 'S' | 'F' {
  return raw['SEMANTICS'] === 'S' || raw['SEMANTICS'] === 'F' ? raw['SEMANTICS'] : 'P';
}

function pipelineOfDictionary(dictionary: string): string | null {
  if (dictionary === 'STATUS') return 'lead:0';
  if (dictionary === 'DEAL_STAGE') return 'deal:0';
  const match = /^(DEAL_STAGE|SMART_INVOICE_STAGE)_(\d+)$/.exec(dictionary);
  return match ? `${match[1] === 'DEAL_STAGE' ? 'deal' : 'invoice'}:${match[2]}` : null;
}
