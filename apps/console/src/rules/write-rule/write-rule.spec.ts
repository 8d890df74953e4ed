import { describe, expect, it } from '@jest/globals';
import type { RuleFault, RuleView } from '../../api/schema.js';
import { en } from '../../i18n/en.js';
import type { MessageKey } from '../../i18n/i18n.js';
import { fillMessage } from '../../i18n/message.js';
import type { MessageValues } from '../../i18n/message.js';
import { faultText, fieldText } from './fault-words.js';
import { checkable, faultsOf, isBlank, joinFaults, missingIn, spanOf, withSuggestion } from './faults.js';
import {
  amountOf,
  blankRule,
  copyOf,
  isSameRule,
  listAt,
  ruleIn,
  textAt,
  valueAt,
  withKind,
  withValue,
} from './rule-draft.js';
import { alike } from './use-feeds.js';

const t = (key: MessageKey, values?: MessageValues) => fillMessage(en[key], 'en', values);
const words = (text: string) => ({ ru: text, en: text });
const filled = {
  ...blankRule,
  ...{ id: 'OWN1', title: words('a'), clause: words('b'), feedback: words('c'), feeds: ['deals'] },
};

describe('a draft', () => {
  it('is read and changed by paths, and nothing else of it changes', () => {
    const draft = {
      ...filled,
      surprise: { kept: true },
      clocks: [
        { amount: 1, unit: 'h' },
        { amount: 2, unit: 'd' },
      ],
    };
    expect([textAt(draft, 'title.ru'), textAt(draft, 'clocks.1.amount'), textAt(draft, 'clocks.7.amount')]).toEqual([
      ...['a', '2', ''],
    ]);
    expect(listAt(draft, 'on')).toEqual(['deal']);
    const changed = withValue(draft, 'clocks.1.since', 'record.created_at');
    expect(changed).toEqual({
      ...draft,
      clocks: [draft.clocks[0], { ...draft.clocks[1], since: 'record.created_at' }],
    });
    expect(withValue(changed, 'clocks.1.since', undefined)).toEqual(draft);
    expect(valueAt(withValue(draft, 'clocks.0', undefined), 'clocks')).toEqual([draft.clocks[1]]);
    expect(withValue({}, 'grace.amount', 3)).toEqual({ grace: { amount: 3 } });
    expect(Object.keys(withValue(draft, 'when', 'true'))).toEqual(Object.keys(draft));
  });

  it('of the other kind is without what only the one before has', () => {
    const fact = withKind(filled, 'fact');
    expect(fact).toMatchObject({ kind: 'fact', facts: [], resolve: 'verdict' });
    expect(fact).not.toHaveProperty('clocks');
    expect(withKind({ ...fact, about: 'fact.ref' }, 'state')).toMatchObject({ kind: 'state', resolve: 'state' });
    expect(withKind({ ...fact, about: 'fact.ref' }, 'state')).not.toHaveProperty('about');
    expect(withKind(filled, 'state')).toBe(filled);
  });

  it('says the same whatever the order of its fields and its version', () => {
    const { id, ...rest } = filled;
    expect(isSameRule({ ...rest, version: 7, id }, filled)).toBe(true);
    expect(isSameRule({ ...filled, severity: 'S1' }, filled)).toBe(false);
    expect(isSameRule({ ...filled, on: ['deal', 'lead'] }, { ...filled, on: ['lead', 'deal'] })).toBe(false);
    expect(copyOf({ ...filled, version: 4 })).toMatchObject({ id: '', version: 1, feeds: ['deals'] });
  });

  it('is a JSON object or none', () => {
    expect(ruleIn('{"id": "X1"}')).toEqual({ id: 'X1' });
    expect([ruleIn('[1]'), ruleIn('{"id"'), ruleIn('null')]).toEqual([null, null, null]);
  });

  it('has amounts that are numbers or expressions', () => {
    expect([' 4 ', '1,5', '0.5', '1.', 'number(params.days)', ''].map(amountOf)).toEqual([
      ...[4, 1.5, 0.5, '1.', 'number(params.days)', ''],
    ]);
  });

  it('takes its feeds from the rule of the pack that is about the same', () => {
    const rule = (ruleId: string, on: string[], change: Partial<RuleView> = {}) =>
      ({ ruleId, on, isOwn: false, unavailable: null, ...change }) as RuleView;
    const rules = [
      ...[rule('A01', ['lead', 'deal']), rule('D02', ['deal']), rule('D01', ['deal'])],
      ...[rule('OWN1', ['deal'], { isOwn: true }), rule('I01', ['invoice'], { unavailable: words('x') })],
    ];
    expect(alike(rules, ['deal'])?.ruleId).toBe('D01');
    expect(alike(rules, ['deal', 'lead'])?.ruleId).toBe('A01');
    expect(alike(rules, ['invoice'])).toBeUndefined();
  });
});

describe('a fault', () => {
  const touchs: RuleFault = {
    ...{ path: 'when', message: 'There is no field "touchs".', line: 2, column: 8, suggestions: ['touches'] },
  };
  const source = 'record.is_open &&\nrecord.touchs == 0';

  it('stands where the word is that it speaks of', () => {
    const at = (text: string, message: string, line: number, column: number) => {
      const span = spanOf(text, { path: 'when', message, line, column });
      return span === null ? null : text.slice(span.from, span.to);
    };
    expect(at(source, touchs.message, 2, 8)).toBe('touchs');
    // The API tells of a function by where its subject begins.
    expect(at('true &&\n  record.visted("X")', 'There is no function "visted".', 2, 3)).toBe('visted');
    expect(at('record.is_open == 3', 'Types do not fit: bool == int.', 1, 1)).toBe('record');
    expect(at('record.is_open &&', 'Unexpected token: EOF.', 1, 18)).toBe('&');
    expect(spanOf('', { path: 'when', message: 'x', line: 1, column: 1 })).toEqual({ from: 0, to: 0 });
    expect(spanOf(source, { path: 'when', message: 'Must give bool, gives double.' })).toBeNull();
  });

  it('is mended by its suggestion, and only there', () => {
    const draft = { ...filled, when: `${source} || record.touchs > 3` };
    const mended = `record.is_open &&\nrecord.touches == 0 || record.touchs > 3`;
    expect(withSuggestion(draft, touchs, 'touches')).toEqual({ ...draft, when: mended });
    const evidence = { path: 'evidence.0', message: 'There is no field "ownr".', suggestions: ['owner'] };
    expect(withSuggestion({ ...filled, evidence: ['ownr'] }, evidence, 'owner')).toMatchObject({ evidence: ['owner'] });
  });

  it('is told of what is empty, taken or no id', () => {
    expect(missingIn(filled, ['OWN2'])).toEqual([]);
    expect(missingIn({ ...filled, id: 'OWN2' }, ['OWN2']).map(({ path }) => path)).toEqual(['id']);
    const missing = missingIn(blankRule, []);
    expect(missing.map(({ path }) => path)).toEqual([
      ...['id', 'title.ru', 'title.en', 'clause.ru', 'clause.en', 'feedback.ru', 'feedback.en', 'feeds'],
    ]);
    expect(missing.every((fault) => isBlank(blankRule, fault))).toBe(true);
    expect(isBlank({ ...filled, when: source }, touchs)).toBe(false);
    expect(missingIn(withKind(filled, 'fact'), []).map(({ path }) => path)).toEqual(['facts']);
    expect(missingIn(checkable(blankRule), [])).toEqual([]);
  });

  it('of a part is one of the whole, and is told once', () => {
    const since = { path: 'clocks.0.since', message: 'There is no "x".' };
    expect(faultsOf([touchs, since], 'clocks')).toEqual([since]);
    const empty = { path: 'when', message: 'Too small: expected string to have >=1 characters' };
    expect(joinFaults([empty], [empty, since])).toEqual([empty, since]);
    expect(joinFaults([empty], [touchs])).toEqual([empty, touchs]);
  });

  it('is said in the language of the page, or as the API says it', () => {
    expect(faultText(touchs.message, t)).toBe('There is no field “touchs”.');
    expect(faultText('Record.visited(int) does not fit: "visited" takes other types.', t)).toBe(
      'Record.visited(int) does not fit: “visited” takes other types.',
    );
    expect(faultText('Nobody foresaw this.', t)).toBe('Nobody foresaw this.');
    expect(['resolve.when', 'clocks.0.since', 'title.ru', ''].map((path) => fieldText(path, t))).toEqual([
      ...['When resolved', 'Limit · 1 · counted from', 'Title · ru', 'Rule'],
    ]);
  });
});
