import type { Breach } from '@funnelwatch/portal-generator';
import { type StoredEvent } from '@funnelwatch/kernel';

/** A case, whoever tells it: the engine or the company's own account. Times are milliseconds. */
export type Case = Breach;

/**
 * Rules whose cases have items by docs/rules.md: those that gather, and states that are made of records. Of the others
 * the engine keeps the fact itself.
 */
const WITH_ITEMS = new Set(['D07', 'D17', 'A06', 'A07', 'O03', 'K09', 'O01']);

const iso = (at: number | null): string => (at === null ? '-' : new Date(at).toISOString().slice(0, 19));

const keyOf = ({ ruleId, subject, about, startAt }: Case): string =>
  [ruleId, subject, about ?? subject, iso(startAt)].join(' ');

/** A case on one line. */
export function told(one: Case): string {
  const items = WITH_ITEMS.has(one.ruleId) ? ` items ${one.items.join(',')}` : '';
  const about = one.about === null ? '' : ` about ${one.about}`;
  return (
    `${one.ruleId} ${one.subject}${about} start ${iso(one.startAt)} opens ${iso(one.opensAt)}` +
    ` resolves ${iso(one.resolvesAt)} void ${iso(one.voidAt)}${items}`
  );
}

export interface Difference {
  ruleId: string;
  subject: string;
  account: string[];
  engine: string[];
}

/** Cases that one side has and the other has not, or has otherwise. */
export function differences(account: readonly Case[], engine: readonly Case[]): Difference[] {
  const sides = { account: new Map<string, string[]>(), engine: new Map<string, string[]>() };
  for (const [side, cases] of [['account', account] as const, ['engine', engine] as const]) {
    for (const one of cases) {
      const known = sides[side].get(keyOf(one)) ?? [];
      sides[side].set(keyOf(one), [...known, told(one)]);
    }
  }
  const keys = [...new Set([...sides.account.keys(), ...sides.engine.keys()])].sort();
  return keys.flatMap((key) => {
    const [ours, theirs] = [sides.account.get(key) ?? [], sides.engine.get(key) ?? []];
    if (ours.join('\n') === theirs.join('\n')) return [];
    const [ruleId = '', subject = ''] = key.split(' ');
    return [{ ruleId, subject, account: ours, engine: theirs }];
  });
}

/** Differences for a person: both answers, and the facts of the subject and of what names it, in order. */
export function printed(found: readonly Difference[], events: readonly StoredEvent[], most = 12): string {
  const byRule = Map.groupBy(found, ({ ruleId }) => ruleId);
  const counts = [...byRule].map(([ruleId, list]) => `${ruleId}: ${list.length}`).join(', ');
  const shown = [...byRule.values()].flatMap((list) => list.slice(0, 2)).slice(0, most);
  return [
    `${found.length} differences (${counts})`,
    ...shown.flatMap(({ account, engine, subject }) => [
      '',
      ...(account.length > 0 ? account : ['(nothing)']).map((line) => `account ${line}`),
      ...(engine.length > 0 ? engine : ['(nothing)']).map((line) => `engine  ${line}`),
      ...factsAround(subject, events),
    ]),
  ].join('\n');
}

const MOST_FACTS = 30;

function factsAround(subject: string, events: readonly StoredEvent[]): string[] {
  const [kind = '', id = ''] = subject.replace('employee', 'user').split(':');
  const short = { lead: 'L', deal: 'D', contact: 'C', company: 'CO', invoice: 'SI' }[kind] ?? '';
  const near = events.filter(({ streamId, data }) => {
    if (streamId === `${kind}:${id}` || streamId === `product-rows:${short}:${id}`) return true;
    const fields = (data as unknown as { fields?: Record<string, unknown> } | null)?.fields;
    if (!fields) return false;
    const bindings = fields['crmBindings'];
    return (
      (fields['ownerKind'] === kind && fields['ownerObjectId'] === id) ||
      fields[`${kind}Id`] === id ||
      (Array.isArray(bindings) && bindings.includes(`${short}_${id}`))
    );
  });
  const streams = new Set(near.map(({ streamId }) => streamId));
  const facts = events.filter(({ streamId }) => streams.has(streamId));
  facts.sort((one, other) => (one.occurredAt < other.occurredAt ? -1 : one.occurredAt > other.occurredAt ? 1 : 0));
  return facts
    .slice(0, MOST_FACTS)
    .map(({ occurredAt, streamId, type, actor, provenance, data }) =>
      `    ${occurredAt.slice(0, 19)} ${streamId} ${type} ${actor} ${provenance} ${JSON.stringify(data)}`.slice(
        0,
        1500,
      ),
    );
}
