import type { CaseRow } from '../api/schema.js';

/** No more are handled at once. */
export const MOST_AT_ONCE = 200;

/** Cases that are chosen together: all of one rule, in the order in which they are shown. */
export type Selection = { caseIds: ReadonlySet<string>; ruleId: string | null; anchor: string | null };

export const nothingSelected: Selection = { caseIds: new Set(), ruleId: null, anchor: null };

/** What became of a wish to choose: `other-rule` when the case is of another rule than those chosen. */
export type Chosen = { selection: Selection; refused: 'other-rule' | 'too-many' | null };

/** Chooses a case, or leaves it out again. */
export function toggle(selection: Selection, row: CaseRow): Chosen {
  const caseIds = new Set(selection.caseIds);
  if (caseIds.delete(row.caseId)) {
    const left = caseIds.size === 0 ? nothingSelected : { ...selection, caseIds, anchor: row.caseId };
    return { selection: left, refused: null };
  }
  if (selection.ruleId !== null && selection.ruleId !== row.ruleId) return { selection, refused: 'other-rule' };
  if (caseIds.size >= MOST_AT_ONCE) return { selection, refused: 'too-many' };
  caseIds.add(row.caseId);
  return { selection: { caseIds, ruleId: row.ruleId, anchor: row.caseId }, refused: null };
}

/** Chooses every case of the same rule between the one chosen last and this one. */
export function extend(selection: Selection, rows: readonly CaseRow[], row: CaseRow): Chosen {
  const from = rows.findIndex(({ caseId }) => caseId === selection.anchor);
  const to = rows.findIndex(({ caseId }) => caseId === row.caseId);
  if (from === -1 || to === -1) return toggle(selection, row);
  const between = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  const same = between.filter(({ ruleId }) => ruleId === selection.ruleId);
  return choose(selection, same, same.length < between.length);
}

/** Chooses the cases of a whole group, or leaves them all out again. */
export function toggleGroup(selection: Selection, group: readonly CaseRow[]): Chosen {
  const [first] = group;
  if (first === undefined) return { selection, refused: null };
  if (selection.ruleId !== null && selection.ruleId !== first.ruleId) return { selection, refused: 'other-rule' };
  if (group.every(({ caseId }) => selection.caseIds.has(caseId))) {
    const gone = new Set(group.map(({ caseId }) => caseId));
    const caseIds = new Set([...selection.caseIds].filter((caseId) => !gone.has(caseId)));
    return { selection: caseIds.size === 0 ? nothingSelected : { ...selection, caseIds }, refused: null };
  }
  return choose({ ...selection, ruleId: first.ruleId, anchor: first.caseId }, group, false);
}

function choose(selection: Selection, rows: readonly CaseRow[], isMixed: boolean): Chosen {
  const caseIds = new Set(selection.caseIds);
  for (const { caseId } of rows) {
    if (caseIds.has(caseId)) continue;
    if (caseIds.size >= MOST_AT_ONCE) return { selection: { ...selection, caseIds }, refused: 'too-many' };
    caseIds.add(caseId);
  }
  return { selection: { ...selection, caseIds }, refused: isMixed ? 'other-rule' : null };
}

/** Only what is still shown stays chosen. */
export function stillShown(selection: Selection, rows: readonly CaseRow[]): Selection {
  if (selection.caseIds.size === 0) return selection;
  const caseIds = new Set(rows.filter(({ caseId }) => selection.caseIds.has(caseId)).map(({ caseId }) => caseId));
  if (caseIds.size === selection.caseIds.size) return selection;
  return caseIds.size === 0 ? nothingSelected : { ...selection, caseIds };
}
