import { describe, expect, test } from '@jest/globals';
import { Chronicle } from '../chronicle/chronicle.spec-fixture.js';
import { instant } from '../chronicle/instants.spec-fixture.js';
import { judge, wordless } from '../chronicle/judged.spec-fixture.js';
import { factRule, numberOf, stateRule, mapOf } from '../packs/define.js';
import { conditionLimits } from '../views/catalogue.js';
import { compileRule, RuleInvalid } from './compile-rule.js';
import type { ParameterValues, RuleDraft } from './rule.js';

const common = { on: ['deal' as const], severity: 'S1' as const, feedbackTo: ['owner' as const] };
const parameters = { minutes: numberOf(30), limits: mapOf() };
const state = (when: string): RuleDraft => wordless(stateRule('X01', { ...common, when, parameters }));
const fact = (when: string): RuleDraft => wordless(factRule('X01', { ...common, fact: 'moved', when, parameters }));

function faultsOf(draft: unknown, values?: ParameterValues) {
  try {
    compileRule(draft, values);
  } catch (error) {
    if (error instanceof RuleInvalid) return error.faults;
    throw error;
  }
  return [];
}

describe('what an author is told', () => {
  test.each([
    ['an unknown field', 'record.touchs > 1.0', 'There is no field "touchs".', ['touches']],
    ['an unknown variable', 'recrod.is_open', 'There is no "recrod".', ['record']],
    ['the fact of a rule that has none', 'fact.by == ""', 'There is no "fact".', undefined],
    ['an unknown function of a view', 'record.visted("OFFER")', 'There is no function "visted".', ['visited']],
    ['an unknown function', 'nmber(params.minutes) > 1.0', 'There is no function "nmber".', ['number']],
    ['a function of another view', 'record.moves_within(5) > 1.0', 'There is no function "moves_within".', undefined],
    [
      'a wrong argument',
      'record.visited(3)',
      'Record.visited(int) does not fit: "visited" takes other types.',
      undefined,
    ],
    [
      'an unknown parameter',
      'record.amount > number(params.minuts)',
      'The rule has no parameter "minuts".',
      ['minutes'],
    ],
    ['an unknown parameter by index', 'params["minuts"] == 1', 'The rule has no parameter "minuts".', ['minutes']],
    ['a parameter that is not named', 'params[record.stage] == 1', 'Name the parameter: params.name.', undefined],
    ['types that do not fit', 'record.amount == "0"', 'Types do not fit: double == string.', undefined],
    ['a number where a condition belongs', 'record.amount', 'Must give bool, gives double.', undefined],
    ['half an expression', 'record.is_open &&', 'Unexpected token: EOF.', undefined],
    [
      'a loop over a variable of the rule',
      'record.products.exists(params, params == "7")',
      '"params" has a meaning already: take another name.',
      undefined,
    ],
  ])('%s', (_what, when, message, suggestions) => {
    const [first] = faultsOf(state(when));
    expect(first).toMatchObject({ path: 'when', message });
    if (suggestions) expect(first?.suggestions).toEqual(expect.arrayContaining(suggestions));
  });

  test('line and column, also of the later lines of a condition', () => {
    const when = ['record.is_open', '  && (record.amount > 0.0', '    || record.plannd == 0)'].join('\n');
    expect(faultsOf(state(when))).toEqual([
      { path: 'when', message: 'There is no field "plannd".', line: 3, column: 15, suggestions: ['planned'] },
    ]);
    expect(faultsOf(state('record.is_open\n  && foo(1)'))).toMatchObject([{ line: 2, column: 6 }]);
    expect(faultsOf(state('record.is_open\n&& "abc'))).toMatchObject([
      { message: 'Unterminated string.', line: 2, column: 4 },
    ]);
  });

  test('everything at once: condition, clock, evidence, resolution, parameters', () => {
    const draft = {
      ...fact('record.foo'),
      ...{ gather: { amount: 'record.bar', unit: 'd' }, resolve: { when: 'fact.at' }, evidence: ['owner', 'ownr'] },
    };
    const faults = faultsOf(draft, { minutes: 'many' as never, hour: 1 });
    expect(faults.map(({ path }) => path).sort()).toEqual([
      ...['evidence.1', 'gather', 'parameters.hour', 'parameters.minutes', 'resolve.when', 'when'],
    ]);
    expect(faults.find(({ path }) => path === 'evidence.1')?.suggestions).toContain('owner');
  });

  test('one sentence that says it all, under a stable code', () => {
    const attempt = () => compileRule(state('record.touchs > 1.0'));
    expect(attempt).toThrow(
      expect.objectContaining({
        code: 'RULE_INVALID',
        message: 'The rule cannot be used. when, line 1, column 8: There is no field "touchs". Did you mean touches?',
      }),
    );
  });

  test('what is no rule at all', () => {
    expect(faultsOf({ ...state('true'), id: 'lower' })).toMatchObject([{ path: 'id' }]);
    expect(faultsOf({ ...state('true'), surprise: 1 })).toHaveLength(1);
    expect(faultsOf('rule')).toHaveLength(1);
    expect(faultsOf(state('record.is_open || '.repeat(200) + 'true'))).toMatchObject([{ path: 'when' }]);
  });

  test('a fact that is never told of the subject', () => {
    const draft = wordless(factRule('X01', { ...common, fact: 'deal_moved', when: 'true' }));
    expect(faultsOf(draft)).toEqual([{ path: 'facts.0', message: 'deal_moved is told of: employee.' }]);
  });
});

describe('what is refused because it could take too long', () => {
  const many = (count: number, one: string, between: string) => Array.from({ length: count }, () => one).join(between);

  test.each([
    ['too many terms', many(200, 'true', '&&')],
    ['too many signs', `${'!'.repeat(1900)}true`],
    ['too deep', `${'('.repeat(60)}true${')'.repeat(60)}`],
    ['too long a list', `"1" in [${many(conditionLimits.maxListElements + 1, '"1"', ',')}]`],
  ])('%s', (_what, when) => {
    expect(faultsOf(state(when))).toMatchObject([
      { message: expect.stringMatching(/^The expression is too large or too deep/) },
    ]);
  });

  test.each([
    ['regular expressions, which can run for ever', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".matches("(a+)+$")', 'matches'],
    [
      'regular expressions of a parameter',
      'record.title_length > 0.0 && dyn("a").matches(string(params.minutes))',
      'matches',
    ],
    ['texts that double', 'cel.bind(a, "xx", cel.bind(b, a + a, b + b)) == ""', 'bind'],
    ['texts out of lists', 'record.products.join(record.id) == ""', 'join'],
    ['lists out of texts', 'record.id.split("").size() > 1', 'split'],
    ['bytes', 'bytes(record.id).size() > 1', 'bytes'],
  ])('%s', (_what, when, name) => {
    expect(faultsOf(state(when))).toContainEqual(
      expect.objectContaining({ message: `There is no function "${name}".` }),
    );
  });

  test('loops in loops in loops, however they are nested', () => {
    const list = 'record.products';
    const deep = `${list}.exists(a, ${list}.exists(b, ${list}.exists(c, a == b && b == c)))`;
    const chained = `${list}.map(a, ${list}).map(b, b).filter(c, size(c) > 0).exists(d, true)`;
    const message = 'Loops over lists go at most 2 deep.';
    expect(faultsOf(state(deep))).toMatchObject([{ message }]);
    expect(faultsOf(state(chained))).toContainEqual(expect.objectContaining({ message }));
    expect(faultsOf(state(`${list}.exists(a, ${list}.exists(b, a == b))`))).toEqual([]);
    expect(faultsOf(state(`${list}.filter(a, a == "7").exists(b, true)`))).toEqual([]);
  });
});

describe('what runs', () => {
  const opens = (when: string, values?: ParameterValues): boolean => {
    const rules = compileRule(state(when), values);
    const portal = new Chronicle().appears('deal:1', 'Mon 10:00');
    const { opened, faults } = judge('deal:1', rules, portal.events, instant('Mon 12:00'));
    expect(faults).toEqual([]);
    return opened.length === 1;
  };

  test('goes by the values of the portal, and by the defaults of the rule without any', () => {
    expect(opens('number(params.minutes) == 30.0')).toBe(true);
    expect(opens('number(params.minutes) == 15.0', { minutes: 15 })).toBe(true);
  });

  test('finds nothing in a map but what was put there', () => {
    expect(opens('"constructor" in params.limits || "__proto__" in params.limits')).toBe(false);
    expect(opens('record.stage in params.limits', { limits: { FRESH: 1 } })).toBe(true);
  });

  test('is read once for each kind of view', () => {
    const both = wordless(
      factRule('X01', { ...common, on: ['lead', 'deal', 'contact'], fact: 'touched', when: 'record.exists' }),
    );
    expect(compileRule(both).map(({ kinds }) => kinds)).toEqual([['lead', 'deal'], ['contact']]);
  });
});
