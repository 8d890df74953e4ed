import { expect, test } from '@jest/globals';
import { Chronicle } from '../chronicle/chronicle.spec-fixture.js';
import { instant, labelOf, zone } from '../chronicle/instants.spec-fixture.js';
import { compiledFor, portalTime, storyOf } from '../chronicle/judged.spec-fixture.js';
import { baseDefinitions } from '../packs/base/definitions.js';
import type { RuleScope } from '../rules/rule-scope.js';
import { type Departments, scopeTest } from './in-scope.js';
import { judgeStory } from './judge-story.js';

/** User 5 is in department 2, below 1, from Wednesday on; before in department 3. */
const chart: Departments = {
  departmentsOf: (userId, atMs) => new Set(userId !== '5' ? [] : atMs < instant('Wed 00:00') ? ['3'] : ['2', '1']),
};

function found(ruleId: string, scope: RuleScope, portal: Chronicle, subject = 'deal:1') {
  const definition = baseDefinitions.find(({ id }) => id === ruleId);
  if (!definition) throw new Error(`No rule ${ruleId}`);
  const until = instant('Sun9 00:00');
  const test = scopeTest(scope, zone, chart);
  const scopes = new Map(test ? [[ruleId, test]] : []);
  const story = storyOf(subject, portal.events, until);
  const { opened, checks } = judgeStory(story, [compiledFor(subject, definition)], portalTime, until, scopes);
  return { from: opened.map(({ startAt }) => labelOf(startAt)), checks: checks.length };
}

/** Stands still in one stage after the other. */
const slow = () =>
  new Chronicle()
    .appears('deal:1', 'Mon 10:00', { fields: { ownerId: '5' } })
    .moves('deal:1', 'NEED', 'Mon2 10:00')
    .moves('deal:1', 'OFFER', 'Mon3 10:00');

test.each<[string, RuleScope, string[]]>([
  ['everywhere', {}, ['Mon 10:00', 'Mon2 10:00', 'Mon3 10:00']],
  ['a stage', { stages: ['NEED'] }, ['Mon2 10:00']],
  ['its pipeline', { pipelines: ['deal:0'] }, ['Mon 10:00', 'Mon2 10:00', 'Mon3 10:00']],
  ['another pipeline', { pipelines: ['deal:5'] }, []],
  ['its owner', { users: ['4', '5'] }, ['Mon 10:00', 'Mon2 10:00', 'Mon3 10:00']],
  ['somebody else', { users: ['4'] }, []],
  ['the department of the owner then', { departments: ['3'] }, ['Mon 10:00']],
  ['a department above the owner’s', { departments: ['1'] }, ['Mon2 10:00', 'Mon3 10:00']],
  ['from a day on', { from: '2026-04-13' }, ['Mon2 10:00', 'Mon3 10:00']],
  ['all at once', { from: '2026-04-13', stages: ['NEED', 'FRESH'], users: ['5'] }, ['Mon2 10:00']],
])('a state that begins within %s', (_says, scope, expected) => {
  const { from, checks } = found('D04', scope, slow());
  expect(from).toEqual(expected);
  // An opportunity to stand still is one within the scope alone.
  expect(checks).toBe(expected.length);
});

test('a state that went on outside does not begin when it would come into the scope', () => {
  const portal = new Chronicle()
    .appears('deal:1', 'Mon 10:00', { fields: { ownerId: '4', expectedCloseDate: '2026-04-07' } })
    .changes('deal:1', 'Mon2 10:00', { fields: { ownerId: '5' } });
  expect(found('F02', {}, portal).from).toHaveLength(1);
  expect(found('F02', { users: ['4'] }, portal).from).toHaveLength(1);
  expect(found('F02', { users: ['5'] }, portal).from).toEqual([]);
});

test('a fact counts where it happened', () => {
  const portal = () =>
    new Chronicle().appears('deal:1', 'Mon 10:00', { fields: { ownerId: '5' } }).moves('deal:1', 'LOSE', 'Mon 11:00');
  expect(found('D08', { departments: ['3'] }, portal())).toEqual({ from: ['Mon 11:00'], checks: 2 });
  expect(found('D08', { departments: ['1'] }, portal())).toEqual({ from: [], checks: 0 });
  expect(found('D08', { stages: ['LOSE'] }, portal()).from).toEqual(['Mon 11:00']);
});
