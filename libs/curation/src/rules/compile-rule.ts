import { Rejection } from '@funnelwatch/kernel';
import { viewFields, viewOfKind, type ViewType } from '../views/catalogue.js';
import { factCatalogue } from '../views/field-catalogue.js';
import { nearestWords } from './nearest-words.js';
import { type Compiled, type Expected, readExpression, type RuleFault } from './read-expression.js';
import { faultOfParameter } from './parameter-value.js';
import { type Duration, type ParameterValues, type Rule, ruleSchema, type SubjectKind } from './rule.js';

export type { Compiled, RuleFault };

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
  /** Aspects of the world that `when`, clocks and items read, and that `resolve` reads. */
  reads: { state: number; resolve: number };
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
    const compiler = new Compiler(type, viewOfKind[kinds[0] ?? 'lead'].variable, kinds, Object.keys(rule.parameters));
    const compiled = compiler.rule(rule, values);
    if (compiler.faults.length > 0) throw invalid(compiler.faults);
    return compiled;
  });
}

class Compiler {
  readonly faults: RuleFault[] = [];
  /** Aspects read by the expressions so far. */
  private reads = 0;

  constructor(
    private readonly type: ViewType,
    private readonly variable: string,
    private readonly kinds: readonly SubjectKind[],
    private readonly parameters: readonly string[],
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
      if (!this.parameters.includes(name))
        this.unknown(`parameters.${name}`, `The rule has no parameter "${name}".`, name, this.parameters);
    }
    const fields = Object.keys(viewFields[this.type]);
    for (const [index, name] of rule.evidence.entries()) {
      if (!fields.includes(name)) this.unknown(`evidence.${index}`, `There is no field "${name}".`, name, fields);
    }
    if (rule.kind === 'fact') {
      for (const [index, type] of rule.facts.entries()) {
        const { on } = factCatalogue[type];
        if (rule.on.some((kind) => on.includes(kind))) continue;
        this.faults.push({ path: `facts.${index}`, message: `${type} is told of: ${on.join(', ')}.` });
      }
    }
    const hasFact = rule.kind === 'fact';
    const base = {
      rule,
      kinds: this.kinds,
      variable: this.variable,
      parameters,
      when: this.expression<boolean>('when', rule.when, 'bool', hasFact),
      grace: this.duration('grace', rule.grace, hasFact),
      reads: { state: 0, resolve: 0 },
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
      base.reads.state = this.reads;
      return base;
    }
    if (typeof rule.resolve === 'object' && 'when' in rule.resolve) {
      this.reads = 0;
      base.resolve = this.expression<boolean>('resolve.when', rule.resolve.when, 'bool', true);
      base.reads.resolve = this.reads;
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

  private expression<Value>(path: string, source: string, expected: Expected, hasFact: boolean): Compiled<Value> {
    const { type, variable, parameters } = this;
    const read = readExpression<Value>(source, expected, { type, variable, parameters, hasFact });
    if ('run' in read) {
      this.reads |= read.reads;
      return read.run;
    }
    this.faults.push(...read.faults.map((fault) => ({ path, ...fault })));
    return () => undefined as Value;
  }

  private unknown(path: string, message: string, word: string, known: readonly string[]): void {
    const suggestions = nearestWords(word, known);
    this.faults.push({ path, message, ...(suggestions.length === 0 ? {} : { suggestions }) });
  }
}

const invalid = (faults: RuleFault[]): RuleInvalid => new RuleInvalid(faults);
