import { describe, expect, test } from '@jest/globals';
import type { DisciplineEvent } from '../cases/discipline-events.js';
import { type DisciplineSettings, evolveDiscipline, noDiscipline } from '../cases/discipline-state.js';
import { basePack } from '../packs/base/base-pack.js';
import { decideDraft, decideDraftDropped, decideInForce, decideRemoval, mostOwnRules } from './own-rule.js';

const words = { ru: 'слова', en: 'words' };
const draft = (when: string, more: Record<string, unknown> = {}) => ({
  ...{ id: 'OWN1', kind: 'state', on: ['deal'], severity: 'S2', feedbackTo: ['owner'], feeds: ['deals'] },
  ...{ title: words, clause: words, feedback: words, when },
  ...more,
});
const after = (events: readonly DisciplineEvent[], settings: DisciplineSettings = noDiscipline) =>
  events.reduce(evolveDiscipline, settings);
const written = (when: string, settings: DisciplineSettings = noDiscipline, ruleId = 'OWN1') =>
  after(decideDraft(ruleId, draft(when, { id: ruleId }), settings, basePack, 'anna'), settings);
const inForce = (settings: DisciplineSettings, ruleId = 'OWN1') => {
  const setting = settings.rules[ruleId];
  if (!setting) throw new Error('no such rule');
  return after(decideInForce(ruleId, setting, 'anna'), settings);
};

describe('a rule of the portal’s own', () => {
  test('is a draft first, of version 1, whatever its author says', () => {
    const { rules } = after(
      decideDraft('OWN1', draft('record.is_open', { version: 7 }), noDiscipline, basePack, 'anna'),
    );
    expect(rules['OWN1']).toMatchObject({ status: 'draft', draft: { version: 1, when: 'record.is_open' } });
    expect(rules['OWN1']).not.toHaveProperty('own');
  });

  test('changed, it is the next version, and the one in force stays until that is put in force', () => {
    const first = inForce(written('record.is_open'));
    expect(first.rules['OWN1']).toMatchObject({ own: { version: 1 } });
    const second = written('record.is_won', written('record.is_lost', first));
    expect(second.rules['OWN1']).toMatchObject({ own: { version: 1, when: 'record.is_open' }, draft: { version: 2 } });
    expect(inForce(second).rules['OWN1']?.own).toMatchObject({ version: 2, when: 'record.is_won' });
    expect(inForce(second).rules['OWN1']).not.toHaveProperty('draft');
  });

  test('written twice alike, it is written once', () => {
    const settings = written('record.is_open');
    expect(decideDraft('OWN1', draft('record.is_open'), settings, basePack, 'boris')).toEqual([]);
  });

  test('keeps values of parameters that it still has', () => {
    const number = { type: 'number', default: 1, title: words };
    const parameters = { days: number, gone: number };
    const events = decideDraft('OWN1', draft('true', { parameters }), noDiscipline, basePack, 'anna');
    const set: DisciplineEvent = {
      type: 'RuleParametersSet',
      data: { ruleId: 'OWN1', parameters: { days: 5, gone: 6 }, by: 'anna' },
    };
    const first = after([set], inForce(after(events)));
    const next = decideDraft('OWN1', draft('true', { parameters: { days: number } }), first, basePack, 'anna');
    expect(inForce(after(next, first)).rules['OWN1']?.parameters).toEqual({ days: 5 });
  });

  test('is refused with line, column and what may have been meant; so is one that goes by another name', () => {
    expect(() => written('record.is_open\n  && record.touchs > 1.0')).toThrow(
      expect.objectContaining({
        code: 'RULE_INVALID',
        faults: [
          { path: 'when', message: 'There is no field "touchs".', line: 2, column: 13, suggestions: ['touches'] },
        ],
      }),
    );
    expect(() => decideDraft('OWN2', draft('true'), noDiscipline, basePack, 'anna')).toThrow(/Must be OWN2/);
  });

  test('there are only so many', () => {
    let settings = noDiscipline;
    for (let index = 0; index < mostOwnRules; index += 1) settings = written('true', settings, `OWN${index}`);
    expect(() => written('true', settings, 'ONEMORE')).toThrow(expect.objectContaining({ code: 'RULES_FULL' }));
    expect(written('record.is_open', settings, 'OWN5').rules['OWN5']?.draft).toMatchObject({ when: 'record.is_open' });
  });
});

describe('removed', () => {
  const active: DisciplineEvent = {
    type: 'RuleStatusSet',
    data: { ruleId: 'L02', status: 'active', from: '2026-03-01T00:00:00.000Z', by: 'anna', reason: 'by-hand' },
  };

  test('it is gone with its draft', () => {
    const settings = inForce(written('true'));
    expect(after(decideRemoval('OWN1', settings, basePack, 'anna'), settings)).toEqual(noDiscipline);
    const drafted = written('true');
    expect(after(decideDraftDropped('OWN1', drafted, 'anna'), drafted)).toEqual(noDiscipline);
    expect(() => decideDraftDropped('OWN1', settings, 'anna')).toThrow(
      expect.objectContaining({ code: 'RULE_NO_DRAFT' }),
    );
  });

  test('one that stood in for the pack’s leaves that as it was set', () => {
    const before = after([
      active,
      { type: 'RuleParametersSet', data: { ruleId: 'L02', parameters: { days: 2 }, by: 'a' } },
    ]);
    const events = decideDraft('L02', draft('record.is_open', { id: 'L02' }), before, basePack, 'anna');
    expect(events).toMatchObject([{ data: { rule: { version: 2 } } }]);
    const replaced = after(events, before);
    expect(after(decideRemoval('L02', replaced, basePack, 'anna'), replaced)).toEqual(before);
    expect(() => decideRemoval('L02', before, basePack, 'anna')).toThrow(
      expect.objectContaining({ code: 'RULE_NOT_OWN' }),
    );
  });
});
