import type { CasePerson, ListedCase } from '../api/schema.js';

/** A line of the list: a person, a rule of theirs, or a case. */
export type CaseLine =
  | { kind: 'person'; key: string; person: CasePerson | null; count: number; rules: number }
  | { kind: 'rule'; key: string; ruleId: string; caseIds: readonly string[]; count: number }
  | { kind: 'case'; key: string; row: ListedCase; index: number };

/** Lines of the list: cases stay in their order, each group under a heading with its size in the whole list. */
export function linesOf(rows: readonly ListedCase[], removed: ReadonlyMap<string, number> = new Map()): CaseLine[] {
  const lines: CaseLine[] = [];
  let person: Extract<CaseLine, { kind: 'person' }> | null = null;
  let rule: { line: Extract<CaseLine, { kind: 'rule' }>; caseIds: string[] } | null = null;
  rows.forEach((row, index) => {
    const personKey = `person:${row.responsible?.userId ?? ''}`;
    const ruleKey = `${personKey}:${row.ruleId}`;
    if (person?.key !== personKey) {
      const count = Math.max(0, row.ofPerson - (removed.get(personKey) ?? 0));
      person = { kind: 'person', key: personKey, person: row.responsible, count, rules: 0 };
      lines.push(person);
      rule = null;
    }
    if (rule?.line.key !== ruleKey) {
      const caseIds: string[] = [];
      const count = Math.max(0, row.ofRule - (removed.get(ruleKey) ?? 0));
      const line: Extract<CaseLine, { kind: 'rule' }> = {
        kind: 'rule',
        key: ruleKey,
        ruleId: row.ruleId,
        caseIds,
        count,
      };
      rule = { line, caseIds };
      lines.push(line);
      person.rules += 1;
    }
    rule.caseIds.push(row.caseId);
    lines.push({ kind: 'case', key: row.caseId, row, index });
  });
  return lines;
}

/** How many of each group the list that was read holds and the shown one does not, by the keys of the headings. */
export function removedFrom(rows: readonly ListedCase[], shown: readonly ListedCase[]): Map<string, number> {
  const left = new Set(shown.map(({ caseId }) => caseId));
  const removed = new Map<string, number>();
  for (const { caseId, responsible, ruleId } of rows) {
    if (left.has(caseId)) continue;
    const personKey = `person:${responsible?.userId ?? ''}`;
    for (const key of [personKey, `${personKey}:${ruleId}`]) removed.set(key, (removed.get(key) ?? 0) + 1);
  }
  return removed;
}

/** Where each line begins, in pixels, and after them where the list ends. */
export function offsetsOf(lines: readonly CaseLine[], heights: Readonly<Record<CaseLine['kind'], number>>): number[] {
  const offsets = [0];
  let at = 0;
  for (const { kind } of lines) {
    at += heights[kind];
    offsets.push(at);
  }
  return offsets;
}

/** The case to go to from a case that may be gone already: `step` further, or where it stood. */
export function neighbour(
  rows: readonly ListedCase[],
  caseId: string | undefined,
  lastIndex: number,
  step: 1 | -1,
): ListedCase | undefined {
  const at = rows.findIndex((row) => row.caseId === caseId);
  if (at === -1) {
    const there = Math.min(Math.max(lastIndex, 0), rows.length - 1);
    return rows[step === 1 ? there : Math.max(0, there - 1)];
  }
  return rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
}
