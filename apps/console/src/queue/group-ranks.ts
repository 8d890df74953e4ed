import type { CaseRow } from '../api/schema.js';

/** Where groups of a list stand, by person and rule. */
export type GroupRanks = ReadonlyMap<string, number>;

const groupOf = (person: string, ruleId: string) => `${person}-${ruleId}`;

/** Places of groups from the order that an answer tells: people apart by dots, each with their rules. */
export function ranksOf(order: string): GroupRanks {
  const groups = order.split('.').flatMap((people) => {
    const [person = '', ...ruleIds] = people.split('-');
    return ruleIds.map((ruleId) => groupOf(person, ruleId));
  });
  return new Map(groups.map((group, rank) => [group, rank]));
}

/** Where the group of a case stands; undefined where that is not known. */
export function rankOf(ranks: GroupRanks, { responsible, ruleId }: CaseRow): number | undefined {
  return ranks.get(groupOf(responsible?.userId ?? '', ruleId));
}
