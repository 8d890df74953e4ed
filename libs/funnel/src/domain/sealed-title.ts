import { type EntityKind } from '@funnelwatch/capture-contracts';
import type { JsonObject, SealedParts } from '@funnelwatch/kernel';
import type { SealedTitle } from '../answers.js';

/** Sealed fields that name a record to a person, in the order in which they are shown. */
const titleFields: Partial<Record<EntityKind, readonly string[]>> = {
  lead: ['title', 'lastName', 'name', 'secondName', 'companyTitle'],
  deal: ['title'],
  invoice: ['title'],
  contact: ['lastName', 'name', 'secondName'],
  company: ['title'],
  activity: ['subject'],
  task: ['title'],
  requisite: ['name'],
};

/** Fields of a kind that make its title; empty when records of the kind have none. */
function titleFieldsOf(kind: EntityKind): readonly string[] {
  return titleFields[kind] ?? [];
}

/** The title after a first sight, whose sealed texts hold every field. */
export function titleAtFirstSight(kind: EntityKind, sealed: SealedParts | undefined): SealedTitle {
  if (titleFieldsOf(kind).length === 0 || !sealed) return [];
  return Object.entries(sealed).map(([subject, text]) => ({ subject, text, fields: null }));
}

/** True when a change touches the title, so that the stored one must be read. */
export function changesTitle(kind: EntityKind, sealedChanged: readonly string[]): boolean {
  return titleFieldsOf(kind).some((field) => sealedChanged.includes(field));
}

/** The title after a change: its texts speak for the fields that changed, older texts for the rest. */
export function titleAfterChange(
  kind: EntityKind,
  before: SealedTitle,
  sealedChanged: readonly string[],
  sealed: SealedParts | undefined,
): SealedTitle {
  const changed = titleFieldsOf(kind).filter((field) => sealedChanged.includes(field));
  if (changed.length === 0 || !sealed) return before;
  const isOverwritten = (fields: readonly string[] | null) =>
    (fields ?? titleFieldsOf(kind)).every((field) => changed.includes(field));
  return [
    ...before.filter(({ fields }) => !isOverwritten(fields)),
    ...Object.entries(sealed).map(([subject, text]) => ({ subject, text, fields: changed })),
  ];
}

/**
 * The title in clear from the opened texts, in the order of the sealed ones; a text whose key was destroyed is null.
 * Returns null when nothing can be read.
 */
export function titleText(
  kind: EntityKind,
  sealed: SealedTitle,
  opened: readonly (JsonObject | null)[],
): string | null {
  const values = new Map<string, string>();
  sealed.forEach(({ fields }, index) => {
    const text = opened[index];
    for (const field of fields ?? titleFieldsOf(kind)) {
      const value = text?.[field];
      if (typeof value === 'string') values.set(field, value.trim());
      // A change to an empty value empties it; a first sight without the field says nothing.
      else if (fields && text && field in text) values.delete(field);
    }
  });
  const fields = kind === 'lead' && values.get('title') ? ['title'] : titleFieldsOf(kind);
  const shown = fields.map((field) => values.get(field)).filter((value) => value);
  return shown.length > 0 ? shown.join(' ') : null;
}
