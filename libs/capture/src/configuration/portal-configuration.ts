import type {
  DictionaryConfiguredData,
  PipelineConfiguration,
  PipelineObjectKind,
  StageConfiguration,
  StageSemantics,
} from '@funnelwatch/capture-contracts';
import type { JsonValue } from '@funnelwatch/kernel';
import type { FieldTypes, PortalRow } from '../normalise/observation.js';
import { codeOf, idOf, integerOf } from '../normalise/scalars.js';

/** Kinds with fields of the portal's own. */
export type FieldedKind = 'lead' | 'deal' | 'contact' | 'company' | 'invoice';

/** Replies of the portal that make up its configuration. */
export interface ConfigurationReplies {
  /** Rows of `crm.category.list` by type; null where the portal does not offer the type. */
  dealCategories: PortalRow[];
  invoiceCategories: PortalRow[] | null;
  /** Rows of `crm.status.list`. */
  statuses: PortalRow[];
  currencies: PortalRow[];
  /** Results of `crm.*.fields` by kind. */
  fields: Partial<Record<FieldedKind, Record<string, unknown>>>;
}

export interface PortalConfiguration {
  pipelines: Partial<Record<PipelineObjectKind, PipelineConfiguration[]>>;
  dictionaries: DictionaryConfiguredData[];
  baseCurrency: string | null;
  fieldTypes: Record<FieldedKind, FieldTypes>;
}

/** Turns the portal's replies into pipelines in funnel order, dictionaries and the types of its own fields. */
export function configurationOf(replies: ConfigurationReplies): PortalConfiguration {
  const byEntity = new Map<string, PortalRow[]>();
  const seen = new Set<unknown>();
  for (const row of replies.statuses) {
    const entity = codeOf(row['ENTITY_ID']);
    // Portals that ignore paging answer the same rows again.
    if (entity === null || seen.has(row['ID'])) continue;
    seen.add(row['ID']);
    byEntity.set(entity, [...(byEntity.get(entity) ?? []), row]);
  }
  const takeStages = (entity: string): StageConfiguration[] => {
    const rows = byEntity.get(entity) ?? [];
    byEntity.delete(entity);
    return rows.map(stageOf).sort((a, b) => a.sort - b.sort);
  };
  const pipelines: PortalConfiguration['pipelines'] = {
    lead: [{ pipelineId: 'lead:0', name: 'Лиды', sort: 0, isDefault: true, stages: takeStages('STATUS') }],
    deal: pipelinesOf('deal', replies.dealCategories, (id) =>
      takeStages(id === '0' ? 'DEAL_STAGE' : `DEAL_STAGE_${id}`),
    ),
  };
  if (replies.invoiceCategories) {
    pipelines.invoice = pipelinesOf('invoice', replies.invoiceCategories, (id) =>
      takeStages(`SMART_INVOICE_STAGE_${id}`),
    );
  }
  const base = replies.currencies.find((row) => row['BASE'] === 'Y');
  return {
    pipelines,
    dictionaries: [
      ...[...byEntity].map(([name, rows]) => ({ name, entries: rows.map(statusEntry).sort(byName) })),
      { name: 'CURRENCY', entries: replies.currencies.map(currencyEntry).sort(byName) },
      ...fieldDictionaries(replies.fields),
      ...fieldLists(replies.fields),
    ].sort((a, b) => (a.name < b.name ? -1 : 1)),
    baseCurrency: base ? codeOf(base['CURRENCY']) : null,
    fieldTypes: {
      lead: fieldTypesOf(replies.fields.lead),
      deal: fieldTypesOf(replies.fields.deal),
      contact: fieldTypesOf(replies.fields.contact),
      company: fieldTypesOf(replies.fields.company),
      invoice: fieldTypesOf(replies.fields.invoice),
    },
  };
}

function pipelinesOf(
  kind: PipelineObjectKind,
  categories: PortalRow[],
  stagesOf: (categoryId: string) => StageConfiguration[],
): PipelineConfiguration[] {
  return categories
    .map((row): PipelineConfiguration => {
      const id = idOf(row['id']) ?? '0';
      return {
        pipelineId: `${kind}:${id}`,
        name: codeOf(row['name']) ?? `${kind}:${id}`,
        sort: integerOf(row['sort']) ?? 0,
        isDefault: row['isDefault'] === 'Y',
        stages: stagesOf(id),
      };
    })
    .sort((a, b) => a.sort - b.sort || (a.pipelineId < b.pipelineId ? -1 : 1));
}

function stageOf(row: PortalRow): StageConfiguration {
  const extra = extraOf(row);
  return {
    stageId: codeOf(row['STATUS_ID']) ?? '',
    name: codeOf(row['NAME']) ?? '',
    sort: integerOf(row['SORT']) ?? 0,
    semantics: stageSemantics(row['SEMANTICS'] ?? extra['SEMANTICS']),
    color: codeOf(row['COLOR']) ?? codeOf(extra['COLOR']),
  };
}

function stageSemantics(value: unknown): StageSemantics {
  if (value === 'S' || value === 'success') return 'S';
  return value === 'F' || value === 'failure' || value === 'apology' ? 'F' : 'P';
}

function extraOf(row: PortalRow): Record<string, unknown> {
  const extra = row['EXTRA'];
  return typeof extra === 'object' && extra !== null && !Array.isArray(extra) ? (extra as Record<string, unknown>) : {};
}

type Entry = DictionaryConfiguredData['entries'][number];
const byName = (a: Entry, b: Entry): number => a.sort - b.sort || (a.id < b.id ? -1 : 1);

function statusEntry(row: PortalRow): Entry {
  const color = codeOf(row['COLOR']);
  const semantics = codeOf(row['SEMANTICS']);
  const extra = { ...(color ? { COLOR: color } : {}), ...(semantics ? { SEMANTICS: semantics } : {}) };
  return {
    id: codeOf(row['STATUS_ID']) ?? '',
    name: codeOf(row['NAME']) ?? '',
    sort: integerOf(row['SORT']) ?? 0,
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
}

function currencyEntry(row: PortalRow): Entry {
  const code = codeOf(row['CURRENCY']) ?? '';
  const names = ['AMOUNT', 'AMOUNT_CNT', 'BASE', 'DECIMALS'];
  const extra = Object.fromEntries(names.map((name): [string, JsonValue] => [name, codeOf(row[name])]));
  return { id: code, name: codeOf(row['FULL_NAME']) ?? code, sort: integerOf(row['SORT']) ?? 0, extra };
}

/** Values of the portal's own lists, `deal.UF_CRM_1` → its entries. */
function fieldDictionaries(fields: ConfigurationReplies['fields']): DictionaryConfiguredData[] {
  return Object.entries(fields).flatMap(([kind, descriptors]) =>
    Object.entries(descriptors).flatMap(([name, descriptor]) => {
      const items = (descriptor as { items?: unknown } | null)?.items;
      if (!isOwnField(name) || !Array.isArray(items)) return [];
      const entries = items.flatMap((item: unknown, index): Entry[] => {
        const { ID, VALUE } = (item ?? {}) as Record<string, unknown>;
        const id = idOf(ID);
        return id === null ? [] : [{ id, name: codeOf(VALUE) ?? '', sort: index }];
      });
      return entries.length > 0 ? [{ name: `${kind}.${name}`, entries }] : [];
    }),
  );
}

/** The portal's own fields of each kind, `deal.fields`, also where there is none any more. */
function fieldLists(fields: ConfigurationReplies['fields']): DictionaryConfiguredData[] {
  return Object.entries(fields).map(([kind, descriptors]) => ({
    name: `${kind}.fields`,
    entries: Object.entries(descriptors)
      .filter(([name]) => isOwnField(name))
      .map(([id, descriptor]): Entry => ({ id, name: labelOf(descriptor) ?? id, sort: 0 }))
      .sort(byName),
  }));
}

function labelOf(descriptor: unknown): string | null {
  const { formLabel, listLabel, title } = (descriptor ?? {}) as Record<string, unknown>;
  return codeOf(formLabel) ?? codeOf(listLabel) ?? codeOf(title);
}

function fieldTypesOf(descriptors: Record<string, unknown> | undefined): FieldTypes {
  return new Map(
    Object.entries(descriptors ?? {}).flatMap(([name, descriptor]): [string, string][] => {
      const type = codeOf((descriptor as { type?: unknown } | null)?.type);
      return isOwnField(name) && type !== null ? [[name, type]] : [];
    }),
  );
}

const isOwnField = (name: string): boolean => /^uf/i.test(name);
