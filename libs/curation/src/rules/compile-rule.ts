import { Rejection } from '@funnelwatch/kernel';
import { environmentOf, viewFields, viewFunctions, viewOfKind, type ViewType } from '../views/catalogue.js';
import { faultOfParameter } from './parameter-value.js';
import { type Duration, type ParameterValues, type Rule, ruleSchema, type SubjectKind } from './rule.js';

/** A place in a rule that is wrong, for the author. */
export interface RuleFault {
  /** `when`, `clocks.0.since`, … */
  path: string;
  message: string;
  /** Of the expression, from 1. */
  line?: number;
  column?: number;
  /** What may have been meant. */
  suggestions?: string[];
}

/** A rule that cannot be used, with every place that is wrong. */
export class RuleInvalid extends Rejection {
  constructor(readonly faults: readonly RuleFault[]) {
    const sentences = faults.map(({ path, line, column, message, suggestions }) => {
      const place = line === undefined ? path : `${path}, line ${line}, column ${column}`;
      return `${place}: ${message}${suggestions ? ` Did you mean ${suggestions.join(', ')}?` : ''}`;
    });
    super('RULE_INVALID', `The rule cannot be used. ${sentences.join('; ')}`, { details: { faults: faults.length } });
  }
}

type Bindings = Record<string, unknown>;
export type Compiled<Value> = (bindings: Bindings) => Value;

export interface CompiledDuration {
  unit: Duration['unit'];
  amount: Compiled<number>;
}

/** A rule that can be run. */
export interface CompiledRule {
  rule: Rule;
  /** Subjects whose view it was read for. */
  kinds: readonly SubjectKind[];
  variable: string;
  parameters: ParameterValues;
  when: Compiled<boolean>;
  clocks: { since: Compiled<Date> | null; limit: CompiledDuration }[];
  grace: CompiledDuration;
  resolve: Compiled<boolean> | null;
  quiet: CompiledDuration | null;
  gather: CompiledDuration | 'resolved' | null;
  about: Compiled<string> | null;
  items: Compiled<string[]> | null;
}

/**
 * Reads a rule, checks the types of all its conditions against the views of its subjects, and makes it runnable with a
 * portal's parameter values: once for every kind of view. Throws `RuleInvalid` with every fault, by line and column.
 */
export function compileRule(draft: unknown, values: ParameterValues = {}): CompiledRule[] {
  const parsed = ruleSchema.safeParse(draft);
  if (!parsed.success) {
    throw invalid(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
  }
  const rule = parsed.data;
  const types = [...new Set(rule.on.map((kind) => viewOfKind[kind].type))];
  return types.map((type) => {
    const kinds = rule.on.filter((kind) => viewOfKind[kind].type === type);
    const compiler = new Compiler(type, viewOfKind[kinds[0] ?? 'lead'].variable, kinds);
    const compiled = compiler.rule(rule, values);
    if (compiler.faults.length > 0) throw invalid(compiler.faults);
    return compiled;
  });
}

class Compiler {
  readonly faults: RuleFault[] = [];

  constructor(
    private readonly type: ViewType,
    private readonly variable: string,
    private readonly kinds: readonly SubjectKind[],
  ) {}

  rule(rule: Rule, values: ParameterValues): CompiledRule {
    const parameters: ParameterValues = {};
    for (const [name, declaration] of Object.entries(rule.parameters)) {
      const value = values[name] ?? declaration.default;
      const message = faultOfParameter(declaration.type, value);
      if (message !== null) this.faults.push({ path: `parameters.${name}`, message });
      parameters[name] = value;
    }
    for (const name of Object.keys(values)) {
      if (!(name in rule.parameters))
        this.fault(`parameters.${name}`, 'The rule has no such parameter.', [], Object.keys(rule.parameters), name);
    }
    const hasFact = rule.kind === 'fact';
    const base = {
      rule,
      kinds: this.kinds,
      variable: this.variable,
      parameters,
      when: this.expression<boolean>('when', rule.when, 'bool', hasFact),
      grace: this.duration('grace', rule.grace, hasFact),
      clocks: [] as CompiledRule['clocks'],
      resolve: null as Compiled<boolean> | null,
      quiet: null as CompiledDuration | null,
      gather: null as CompiledRule['gather'],
      about: null as Compiled<string> | null,
      items: null as Compiled<string[]> | null,
    };
    if (rule.kind === 'state') {
      base.clocks = rule.clocks.map((clock, index) => ({
        since:
          clock.since === undefined
            ? null
            : this.expression<Date>(`clocks.${index}.since`, clock.since, 'timestamp', false),
        limit: this.duration(`clocks.${index}.amount`, clock, false),
      }));
      if (rule.items) base.items = this.expression<string[]>('items', rule.items, 'list', false);
      return base;
    }
    if (typeof rule.resolve === 'object' && 'when' in rule.resolve) {
      base.resolve = this.expression<boolean>('resolve.when', rule.resolve.when, 'bool', true);
    }
    if (typeof rule.resolve === 'object' && 'quiet' in rule.resolve) {
      base.quiet = this.duration('resolve.quiet', rule.resolve.quiet, true);
    }
    if (rule.gather) base.gather = rule.gather === 'resolved' ? 'resolved' : this.duration('gather', rule.gather, true);
    if (rule.about) base.about = this.expression<string>('about', rule.about, 'string', true);
    return base;
  }

  private duration(path: string, { amount, unit }: Duration, hasFact: boolean): CompiledDuration {
    if (typeof amount === 'number') return { unit, amount: () => amount };
    const expression = this.expression<number | bigint>(path, amount, 'number', hasFact);
    return { unit, amount: (bindings) => Number(expression(bindings)) };
  }

  private expression<Value>(path: string, source: string, expected: string, hasFact: boolean): Compiled<Value> {
    const environment = environmentOf(this.type, this.variable, hasFact);
    const checked = environment.check(source);
    if (!checked.valid) {
      this.fault(path, checked.error?.summary ?? 'Cannot be read.', this.place(source, checked.error?.range?.start));
      return () => undefined as Value;
    }
    const type = String(checked.type);
    const isExpected =
      type === 'dyn' ||
      (expected === 'number'
        ? ['int', 'double', 'uint'].includes(type)
        : expected === 'list'
          ? type.startsWith('list')
          : expected === 'timestamp'
            ? /timestamp/i.test(type)
            : type === expected);
    if (!isExpected) this.fault(path, `Must give ${expected}, gives ${type}.`);
    return environment.parse(source) as Compiled<Value>;
  }

  private place(source: string, start: number | undefined): [line?: number, column?: number] {
    if (start === undefined) return [];
    const before = source.slice(0, start).split('\n');
    return [before.length, (before.at(-1)?.length ?? 0) + 1];
  }

  private fault(
    path: string,
    message: string,
    [line, column]: [line?: number, column?: number] = [],
    among?: readonly string[],
    word = /No such key: (\w+)|Unknown variable: (\w+)|overload[^']*'(\w+)/.exec(message)?.slice(1).find(Boolean),
  ): void {
    const known = among ?? [
      ...[this.variable, 'params', 'fact'],
      ...Object.keys(viewFields[this.type]),
      ...Object.keys(viewFields.Fact),
      ...viewFunctions.map((signature) => /(?:\w+\.)?(\w+)\(/.exec(signature)?.[1] ?? ''),
    ];
    const suggestions = word ? nearest(word, known) : [];
    this.faults.push({
      path,
      message,
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
      ...(suggestions.length === 0 ? {} : { suggestions }),
    });
  }
}

/** Up to three known words that differ little from a mistyped one. */
function nearest(word: string, known: readonly string[]): string[] {
  return [...new Set(known)]
    .map((candidate) => ({ candidate, distance: distanceBetween(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.floor(candidate.length / 3)))
    .sort((left, right) => left.distance - right.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Levenshtein's distance. */
function distanceBetween(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const invalid = (faults: RuleFault[]): RuleInvalid => new RuleInvalid(faults);
