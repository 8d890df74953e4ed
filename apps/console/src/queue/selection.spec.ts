import { describe, expect, it } from '@jest/globals';
import type { CaseRow } from '../api/schema.js';
import { extend, MOST_AT_ONCE, nothingSelected, stillShown, toggle, toggleGroup } from './selection.js';

const row = (caseId: string, ruleId = 'L01') => ({ caseId, ruleId }) as CaseRow;
const rows = ['1', '2', '3', '4', '5'].map((caseId) => row(caseId));
const chosen = ({ selection }: ReturnType<typeof toggle>) => [...selection.caseIds];

describe('a choice of cases', () => {
  it('takes one in and leaves it out again', () => {
    const one = toggle(nothingSelected, row('1'));
    expect(chosen(one)).toEqual(['1']);
    expect(toggle(one.selection, row('1')).selection).toEqual(nothingSelected);
  });

  it('reaches from the last one to the cursor, in both directions', () => {
    const from = toggle(nothingSelected, row('4')).selection;
    expect(chosen(extend(from, rows, row('2'))).sort()).toEqual(['2', '3', '4']);
    expect(chosen(extend(from, rows, row('5'))).sort()).toEqual(['4', '5']);
    expect(chosen(extend(nothingSelected, rows, row('5')))).toEqual(['5']);
  });

  it('is of one rule', () => {
    const { selection } = toggle(nothingSelected, row('1'));
    expect(toggle(selection, row('9', 'L03'))).toEqual({ selection, refused: 'other-rule' });
    const mixed = [row('1'), row('8', 'L03'), row('2')];
    const reached = extend(selection, mixed, row('2'));
    expect(chosen(reached)).toEqual(['1', '2']);
    expect(reached.refused).toBe('other-rule');
    expect(toggleGroup(selection, [row('8', 'L03')]).refused).toBe('other-rule');
  });

  it('takes a whole group in, and out', () => {
    const group = toggleGroup(nothingSelected, rows);
    expect(chosen(group)).toHaveLength(5);
    expect(toggleGroup(group.selection, rows).selection).toEqual(nothingSelected);
  });

  it('ends at what is handled at once', () => {
    const many = Array.from({ length: MOST_AT_ONCE + 50 }, (_, index) => row(String(index)));
    const group = toggleGroup(nothingSelected, many);
    expect(group.selection.caseIds.size).toBe(MOST_AT_ONCE);
    expect(group.refused).toBe('too-many');
    expect(toggle(group.selection, row('later')).refused).toBe('too-many');
  });

  it('holds only what is shown', () => {
    const { selection } = toggleGroup(nothingSelected, rows);
    expect([...stillShown(selection, rows.slice(2)).caseIds]).toEqual(['3', '4', '5']);
    expect(stillShown(selection, rows)).toBe(selection);
    expect(stillShown(selection, [])).toEqual(nothingSelected);
  });
});
