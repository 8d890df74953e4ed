import { describe, expect, it } from '@jest/globals';
import { grantOf } from '@funnelwatch/identity-contracts';
import type { Role } from '@funnelwatch/identity-contracts';
import type { Checklist, CuratorScore } from '../api/schema.js';
import { marksOf, marksSoFar, marksToSend, nextOpen } from './audit-marks.js';
import { isComplete, moved, newItem } from './checklist-draft.js';
import { caseIdIn } from './judgements.js';
import { readQualitySearch, tabOf, tabsFor } from './quality-search.js';
import { coefficientText, curatorsByName, isUnmeasured } from './score-texts.js';

const words = (text: string) => ({ ru: text, en: text });
const item = (itemId: string, weight: number, most: number, isAutoFail = false) => ({
  ...{ itemId, weight, isAutoFail, title: words(itemId) },
  anchors: Array.from({ length: most + 1 }, (_, points) => words(String(points))),
});
const checklist: Pick<Checklist, 'items' | 'passMark'> = {
  passMark: 70,
  items: [item('opening', 1, 2), item('need', 3, 3), item('respect', 1, 1, true)],
};

describe('an audit', () => {
  it('comes to what the API will say', () => {
    // 1 × 1/2 + 3 × 2/3 + 1 × 1 of 5.
    const sum = marksSoFar(checklist, { opening: 1, need: 2, respect: 1 });
    expect(sum).toEqual({ given: 3, score: 70, failedBy: [], isComplete: true, isPassed: true });
    expect(marksSoFar(checklist, { opening: 0, need: 2, respect: 1 })).toMatchObject({ score: 60, isPassed: false });
  });

  it('leaves out what did not apply', () => {
    expect(marksSoFar(checklist, { opening: null, need: 3, respect: null })).toMatchObject({
      ...{ score: 100, isPassed: true, isComplete: true },
    });
    expect(marksSoFar(checklist, { opening: null, need: null, respect: null })).toMatchObject({
      ...{ score: null, isPassed: true, isComplete: true },
    });
  });

  it('fails by one item whatever the others are', () => {
    expect(marksSoFar(checklist, { opening: 2, need: 3, respect: 0 })).toMatchObject({
      ...{ score: 80, failedBy: ['respect'], isPassed: false },
    });
  });

  it('goes on to the next item without a mark, around the end', () => {
    expect(nextOpen(checklist, { opening: 1 }, 'opening')).toBe('need');
    expect(nextOpen(checklist, { need: 1, respect: 1 }, 'respect')).toBe('opening');
    expect(nextOpen(checklist, { opening: null, need: 1, respect: 1 }, 'respect')).toBeNull();
    expect(marksSoFar(checklist, { opening: 1 })).toMatchObject({ given: 1, isComplete: false });
  });

  it('is sent in the order of the checklist, and shown as it was sent', () => {
    const marks = { respect: 1, opening: null, need: 0 };
    const sent = marksToSend(checklist, marks);
    expect(sent).toEqual([
      { itemId: 'opening', points: null },
      { itemId: 'need', points: 0 },
      { itemId: 'respect', points: 1 },
    ]);
    expect(marksOf(sent)).toEqual(marks);
  });
});

describe('the page of control', () => {
  const openTo = (role: Role) =>
    tabsFor(
      (right) => grantOf([{ role, portalId: 'p', portalUserId: '7', insteadOf: null }], right, 'p').extent !== 'none',
    );

  it('opens to each role what it may do: heads neither review nor audit', () => {
    expect(openTo('curator')).toEqual(['reviews', 'calibration', 'audits', 'scores', 'settings']);
    expect(openTo('integrator')).toEqual(openTo('curator'));
    expect(openTo('head')).toEqual(['scores', 'settings']);
    expect(openTo('seller')).toEqual([]);
    expect(tabOf('audits', openTo('head'))).toBe('scores');
    expect(tabOf(undefined, openTo('curator'))).toBe('reviews');
  });

  it('stands in the address', () => {
    const audit = '018f0000-0000-7000-8000-000000000000';
    expect(readQualitySearch({ tab: 'audits', audit, audits: 'scored' })).toEqual({
      ...{ tab: 'audits', audit, audits: 'scored' },
    });
    expect(readQualitySearch({ tab: 'shame', audit: 'x', from: '2026-11-04', to: '2026-11-10' })).toEqual({
      from: '2026-11-02',
      to: '2026-11-16',
    });
  });
});

describe('a gold case', () => {
  it('is found in an address of the queue, or by its id', () => {
    const portal = '118f0000-0000-7000-8000-000000000000';
    const id = '018f0000-0000-7000-8000-000000000000';
    expect(caseIdIn(`http://127.0.0.1:4400/portals/${portal}/queue?lane=done&case=${id}`)).toBe(id);
    expect(caseIdIn(` ${id.toUpperCase()} `)).toBe(id);
    expect(caseIdIn('сделка 12')).toBeNull();
  });
});

describe('scores of curators', () => {
  const part = (isNeutral: boolean) => ({
    n: isNeutral ? 1 : 9,
    measured: isNeutral ? null : 0.9,
    value: 1,
    isNeutral,
  });
  const score = (name: string | null, isNeutral: boolean): CuratorScore => ({
    account: { accountId: name ?? 'x', name },
    ...{ sla: part(isNeutral), precision: part(true), agreement: part(true), effect: part(true), score: 0.9 },
    calibration: { n: 0, kappa: null, isInTraining: true },
    reportsToHead: false,
  });

  it('stand by name, not by score', () => {
    const items = [score('Яна', false), score(null, true), score('Анна', true)];
    expect(curatorsByName(items, 'Коллега', 'ru').map(({ name }) => name)).toEqual(['Анна', 'Коллега', 'Яна']);
  });

  it('say nothing while every part is neutral', () => {
    expect(isUnmeasured(score('Анна', true))).toBe(true);
    expect(isUnmeasured(score('Анна', false))).toBe(false);
    expect(coefficientText(-0.194, 'ru')).toBe('−0,19');
    expect(coefficientText(null, 'ru')).toBe('—');
  });
});

describe('a checklist that is edited', () => {
  const items = [newItem([])];
  const second = newItem(items);
  const both = [...items, second];

  it('gets items under ids of their own, also after one was removed', () => {
    expect(both.map(({ itemId }) => itemId)).toEqual(['item-1', 'item-2']);
    expect(newItem([second]).itemId).toBe('item-3');
  });

  it('has its items moved, and none lost at the ends', () => {
    expect(moved(both, 'item-2', -1).map(({ itemId }) => itemId)).toEqual(['item-2', 'item-1']);
    expect(moved(both, 'item-2', 1)).toEqual(both);
    expect(moved(both, 'item-1', -1)).toEqual(both);
    expect(moved(both, 'gone', 1)).toEqual(both);
  });

  it('is complete when every text is there in both languages', () => {
    const words = { ru: 'да', en: 'yes' };
    expect(isComplete({ ...second, title: words, anchors: [words, words] })).toBe(true);
    expect(isComplete({ ...second, title: words, anchors: [words, { ru: 'да', en: ' ' }] })).toBe(false);
  });
});
