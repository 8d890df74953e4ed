import type { ASTNode } from '@marcbachmann/cel-js';
import { allAspects, aspectsOf } from '../views/aspects.js';
import { environmentOf, functionsOf, viewFields, type ViewType } from '../views/catalogue.js';
import { childrenOf, objectionsTo } from './condition-limits.js';
import { directCondition } from './direct-condition.js';
import { nearestWords } from './nearest-words.js';

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

export type Compiled<Value> = (bindings: Record<string, unknown>) => Value;

/** What an expression may give. */
export type Expected = 'bool' | 'number' | 'string' | 'list' | 'timestamp';

const gives: Record<Expected, (type: string) => boolean> = {
  bool: (type) => type === 'bool',
  number: (type) => ['int', 'double', 'uint'].includes(type),
  string: (type) => type === 'string',
  list: (type) => type.startsWith('list'),
  timestamp: (type) => /timestamp/i.test(type),
};

export interface Surroundings {
  type: ViewType;
  /** Under which the subject stands in expressions. */
  variable: string;
  /** Names of the rule's parameters. */
  parameters: readonly string[];
  /** Whether there is a fact to ask about. */
  hasFact: boolean;
}

interface CelError {
  code?: string;
  summary?: string;
  range?: { start: number };
}

/**
 * Reads a CEL expression, checks its types against the view, and makes it runnable; every fault is told with its place.
 * Expressions are bounded: in size, in depth, in what they may call and in loops within loops.
 */
export function readExpression<Value>(
  source: string,
  expected: Expected,
  around: Surroundings,
): { run: Compiled<Value>; reads: number } | { faults: Omit<RuleFault, 'path'>[] } {
  const { type, variable, parameters, hasFact } = around;
  const environment = environmentOf(type, variable, hasFact);
  const variables = [variable, 'params', 'calendar', ...(hasFact ? ['fact'] : [])];
  const functions = functionsOf(type);
  const known = [
    ...[...variables, ...functions, ...Object.keys(viewFields[type])],
    ...(hasFact ? Object.keys(viewFields.Fact) : []),
  ];
  let read: { ast: ASTNode };
  try {
    read = environment.parse(source);
  } catch (error) {
    return { faults: [faultOf(source, error as CelError, known, functions)] };
  }
  const objections = objectionsTo(read.ast, { functions, parameters, variables });
  if (objections.length > 0) {
    const faults = objections.map(({ message, start, word }) => ({
      ...{ message, ...placeOf(source, start) },
      ...suggesting(word ? nearestWords(word.written, word.known) : []),
    }));
    return { faults };
  }
  const checked = environment.check(source);
  if (!checked.valid) return { faults: [faultOf(source, checked.error ?? {}, known, functions)] };
  const given = String(checked.type);
  if (given !== 'dyn' && !gives[expected](given))
    return { faults: [{ message: `Must give ${expected}, gives ${given}.` }] };
  const fields = { [variable]: viewFields[type], ...(hasFact ? { fact: viewFields.Fact } : {}) };
  const direct = expected === 'bool' ? directCondition(read.ast, fields) : null;
  const run = (direct ?? read) as unknown as Compiled<Value>;
  return { run, reads: aspectsRead(read.ast, type, variable) };
}

/** Aspects of the world on which the value of an expression may depend. */
function aspectsRead(node: ASTNode, type: ViewType, variable: string): number {
  const isSubject = (one: ASTNode) => one.op === 'id' && one.args === variable;
  if (isSubject(node)) return allAspects;
  if (node.op === '.' && isSubject(node.args[0])) return aspectsOf(type, node.args[1]);
  const [children, own] =
    node.op === 'rcall' && isSubject(node.args[1])
      ? [node.args[2], aspectsOf(type, node.args[0])]
      : [childrenOf(node), 0];
  return children.reduce((read, child) => read | aspectsRead(child, type, variable), own);
}

function faultOf(
  source: string,
  { code = '', summary = 'Cannot be read.', range }: CelError,
  known: readonly string[],
  functions: readonly string[],
): Omit<RuleFault, 'path'> {
  const [, word] = /: (\w+)$/.exec(summary) ?? [];
  const [, call, name = ''] = /'((?:\w+\.)?(\w+)\(.*\))'/.exec(summary) ?? [];
  const place = range === undefined ? {} : placeOf(source, range.start);
  switch (code) {
    case 'no_such_key':
      return { message: `There is no field "${word}".`, ...place, ...suggesting(nearestWords(word ?? '', known)) };
    case 'unknown_variable':
      return { message: `There is no "${word}".`, ...place, ...suggesting(nearestWords(word ?? '', known)) };
    case 'no_matching_overload':
      return functions.includes(name)
        ? { message: `${call} does not fit: "${name}" takes other types.`, ...place }
        : { message: `There is no ${call}.`, ...place, ...suggesting(nearestWords(name, functions)) };
    case 'no_such_overload':
      return { message: `Types do not fit: ${summary.replace(/^.*?: /, '')}.`, ...place };
    case 'limit_exceeded':
      return { message: `The expression is too large or too deep: ${summary}.`, ...place };
    default:
      return { message: summary.endsWith('.') ? summary : `${summary}.`, ...place };
  }
}

const suggesting = (suggestions: string[]): { suggestions?: string[] } =>
  suggestions.length === 0 ? {} : { suggestions };

function placeOf(source: string, start: number): { line: number; column: number } {
  const before = source.slice(0, start).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
