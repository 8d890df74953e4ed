import { expect, test } from '@jest/globals';
import { ruleLanguage } from '../../generated/rule-language.js';
import { wordsAfter } from './completion-words.js';
import type { Surroundings } from './completion-words.js';

const deal: Surroundings = { on: ['deal'], facts: null, parameters: ['days'] };
const offered = (before: string, around: Surroundings = deal) =>
  wordsAfter(before, around, ruleLanguage)?.words.map(({ name }) => name) ?? null;

test('after the subject its fields and functions are offered', () => {
  const words = offered('record.is_open && record.');
  expect(words).toEqual(expect.arrayContaining(['touches', 'visited', 'is_won']));
  expect(words).not.toContain('lost_within');
  expect(offered('record.', { ...deal, on: ['contact'] })).toContain('lost_within');
  expect(wordsAfter('record.to', deal, ruleLanguage)?.from).toBe('record.'.length);
});

test('for several subjects only what all of them have is offered', () => {
  const words = offered('record.', { ...deal, on: ['deal', 'contact'] });
  expect(words).toEqual(expect.arrayContaining(['touches', 'filled']));
  expect(words).not.toContain('is_won');
  expect(words).not.toContain('visited');
  expect(words?.length).toBe(new Set(words).size);
});

test('a fact offers what it carries', () => {
  const moved = { ...deal, facts: ['moved'] };
  expect(offered('fact.', moved)).toEqual(expect.arrayContaining(['type', 'at', 'to_type']));
  expect(offered('fact.', moved)).not.toContain('seconds');
  expect(offered('fact.', deal)).toBeNull();
});

test('parameters and the calendar are offered by their names', () => {
  expect(offered('number(params.')).toEqual(['days']);
  expect(offered('calendar.')).toEqual(['working_days_after']);
});

test('where a word begins, variables and functions are offered', () => {
  expect(offered('')).toEqual(expect.arrayContaining(['record', 'params', 'number', 'size', 'true']));
  expect(offered('')).not.toContain('fact');
  expect(offered('', { on: ['employee'], facts: [], parameters: [] })).toEqual(
    expect.arrayContaining(['employee', 'fact']),
  );
});

test('nothing is offered inside a text or a number', () => {
  expect(offered('record.visited("rec')).toBeNull();
  expect(offered('record.visited("OFFER") && rec')).toContain('record');
  expect(offered('record.touches > 1')).toBeNull();
  expect(offered('other.')).toBeNull();
});
