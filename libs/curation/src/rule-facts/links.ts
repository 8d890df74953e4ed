import type { JsonObject, JsonValue } from '@funnelwatch/kernel';
import { boundTo } from '../world/activities.js';
import type { KeptFact } from '../facts/kept-fact.js';
import type { SubjectKind } from '../rules/rule.js';

/** One record that hangs on another: the life of the parent is judged with it. */
export interface Link {
  child: string;
  parent: string;
}

const symbols: Readonly<Record<string, string>> = { L: 'lead', D: 'deal', C: 'contact', CO: 'company', SI: 'invoice' };

function valuesOf(fact: KeptFact, place: 'fields' | 'extra'): JsonObject {
  if (fact.verb === 'Appeared') return (fact.data[place] ?? {}) as JsonObject;
  if (fact.verb !== 'Changed') return {};
  const changes = (fact.data[place === 'fields' ? 'changes' : 'extra'] ?? {}) as JsonObject;
  return Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name, (change as { after?: JsonValue } | null)?.after ?? null]),
  );
}

/** What a fact says its record hangs on. */
export function linksOf(fact: KeptFact): Link[] {
  const { stream, kind } = fact;
  const fields = valuesOf(fact, 'fields');
  const parents: string[] = [];
  const parent = (of: string, id: JsonValue | undefined): void => {
    if (typeof id === 'string' && id !== '') parents.push(`${of}:${id}`);
  };
  switch (kind) {
    case 'activity':
      parents.push(...boundTo({ fields }));
      break;
    case 'call':
      parent('activity', fields['activityId']);
      if (typeof fields['crmKind'] === 'string') parent(fields['crmKind'], fields['crmObjectId']);
      break;
    case 'task':
      parents.push(...boundTo({ fields }));
      break;
    case 'audit':
      if (fact.verb === 'AuditDrawn') parent('user', fact.data['seller']);
      break;
    case 'product-rows': {
      const [, symbol = '', id] = stream.split(':');
      parent(symbols[symbol] ?? symbol, id);
      break;
    }
    case 'deal':
      parent('contact', fields['contactId']);
      parent('company', fields['companyId']);
      break;
    case 'invoice':
      parent('deal', fields['dealId']);
      parent('company', fields['companyId']);
      break;
    case 'contact':
      parent('company', fields['companyId']);
      break;
    case 'requisite':
      if (typeof fields['ownerKind'] === 'string') parent(fields['ownerKind'], fields['ownerObjectId']);
      break;
    default:
      break;
  }
  if (fact.verb === 'MatchesFound') {
    const matches = fact.data['matches'];
    for (const match of Array.isArray(matches) ? (matches as JsonObject[]) : []) {
      if (typeof match['stream'] === 'string') parents.push(match['stream']);
    }
  }
  return [...new Set(parents)].filter((one) => one !== stream).map((one) => ({ child: stream, parent: one }));
}

const judgedKinds = new Set(['lead', 'deal', 'invoice', 'activity', 'task', 'contact', 'company']);

/** As what a subject is judged: a task is an activity. */
export function kindOfSubject(subject: string): SubjectKind {
  const kind = subject.slice(0, subject.indexOf(':'));
  return kind === 'task' ? 'activity' : (kind as SubjectKind);
}

/** The subject that a stream is the life of, null where no rule is about it. */
export function subjectOf(stream: string): string | null {
  const [kind = '', id] = stream.split(':');
  if (kind === 'user') return `employee:${id}`;
  if (kind === 'pipelines') return 'portal:-';
  return judgedKinds.has(kind) ? stream : null;
}
