/** Cases of one person and one rule in a list; `dueAt` of the soonest due of them, ISO 8601. */
export interface CaseGroup {
  person: string | null;
  ruleId: string;
  count: number;
  dueAt: string;
}

/** In which order people stand in a list, and the rules of each. */
export type GroupOrder = readonly { person: string | null; ruleIds: readonly string[] }[];

/** A token is part of an address: there is no room for more. */
export const ORDER_CHARACTERS = 6_000;

const PERSON = /^\d{0,18}$/;
const RULE = /^[A-Z][A-Z0-9]{1,15}$/;

/**
 * Puts the groups of a list in order: those known keep their order, also when their first case is due later by now;
 * each other one comes before the first that is due later than it. Groups that are gone keep their place in the order.
 */
export function placeGroups(
  known: GroupOrder,
  groups: readonly CaseGroup[],
): { order: GroupOrder; groups: readonly CaseGroup[] } {
  const ofPerson = Map.groupBy(groups, ({ person }) => person);
  const people = [...ofPerson]
    .map(([person, own]) => ({ person, dueAt: soonest(own) }))
    .sort((left, right) => compare(left.dueAt, right.dueAt) || comparePeople(left.person, right.person));
  const knownRules = new Map(known.map(({ person, ruleIds }) => [person, ruleIds]));
  const placed = keepPlaces(
    known.map(({ person }) => person),
    people.map(({ person }) => person),
  ).map((person) => {
    const own = [...(ofPerson.get(person) ?? [])].sort(
      (left, right) => compare(left.dueAt, right.dueAt) || compare(left.ruleId, right.ruleId),
    );
    const ruleIds = keepPlaces(
      knownRules.get(person) ?? [],
      own.map(({ ruleId }) => ruleId),
    );
    return { person, ruleIds, own: new Map(own.map((group) => [group.ruleId, group])) };
  });
  return {
    order: placed.map(({ person, ruleIds }) => ({ person, ruleIds })),
    groups: placed.flatMap(({ ruleIds, own }) => ruleIds.flatMap((ruleId) => own.get(ruleId) ?? [])),
  };
}

/** Which groups hold cases `offset` to `offset + limit` of a list, and how many cases of the first come before. */
export function groupsWithin(
  groups: readonly CaseGroup[],
  offset: number,
  limit: number,
): { groups: readonly CaseGroup[]; skipped: number } {
  let before = 0;
  let skipped = 0;
  const within = groups.filter(({ count }) => {
    const from = before;
    before += count;
    if (before <= offset || from >= offset + limit) return false;
    if (from <= offset) skipped = offset - from;
    return true;
  });
  return { groups: within, skipped };
}

/** The order as a token of an address; people for whom there is no room are left out, the last first. */
export function writeOrder(order: GroupOrder): string {
  let token = '';
  for (const { person, ruleIds } of order) {
    if (!PERSON.test(person ?? '') || ruleIds.some((ruleId) => !RULE.test(ruleId))) continue;
    const next = `${token === '' ? '' : `${token}.`}${[person ?? '', ...ruleIds].join('-')}`;
    if (next.length > ORDER_CHARACTERS) break;
    token = next;
  }
  return token;
}

/** What {@link writeOrder} wrote; whatever else is no order of anything. */
export function readOrder(token: string): GroupOrder {
  const people = token.split('.').map((text) => text.split('-'));
  const isOrder = people.every(([person = 'x', ...rules]) => PERSON.test(person) && rules.every((id) => RULE.test(id)));
  if (token === '' || !isOrder) return [];
  const order = new Map<string | null, readonly string[]>();
  for (const [person = '', ...ruleIds] of people) {
    const key = person === '' ? null : person;
    if (!order.has(key)) order.set(key, [...new Set(ruleIds)]);
  }
  return [...order].map(([person, ruleIds]) => ({ person, ruleIds }));
}

/** Known keys in their order; each other one of `present`, which stand as they are due, before the first due later. */
function keepPlaces<Key>(known: readonly Key[], present: readonly Key[]): Key[] {
  const places = new Map(known.map((key, place) => [key, place]));
  const before = new Map<number, Key[]>();
  let place = known.length;
  for (const key of [...present].reverse()) {
    const own = places.get(key);
    if (own !== undefined) place = Math.min(place, own);
    else before.set(place, [key, ...(before.get(place) ?? [])]);
  }
  return [...known.flatMap((key, at) => [...(before.get(at) ?? []), key]), ...(before.get(known.length) ?? [])];
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function comparePeople(left: string | null, right: string | null): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  return compare(left, right);
}

const soonest = (groups: readonly CaseGroup[]): string =>
  groups.reduce((first, { dueAt }) => (dueAt < first ? dueAt : first), groups[0]?.dueAt ?? '');
