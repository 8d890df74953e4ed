import type { ASTNode } from '@marcbachmann/cel-js';
import { time } from '../views/field-catalogue.js';

type Bindings = Record<string, unknown>;
type Run<Value> = (bindings: Bindings) => Value;

/** An expression whose type is known, as a function of its bindings. `int`: a whole number as written in the source. */
type Part =
  | { type: 'bool'; run: Run<boolean> }
  | { type: 'double' | 'int'; run: Run<number> }
  | { type: 'string'; run: Run<string> }
  | { type: 'time'; run: Run<Date> };

/** Variable → field → CEL type. */
export type Fields = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * A condition whose types were checked as a function that gives what walking its tree gives, many times as fast; null for one
 * with anything but fields, parameters as numbers, literals, comparisons, arithmetic on doubles, and logic. Fields never
 * throw, so that it does not matter which side of an `&&` is asked first.
 */
export function directCondition(ast: ASTNode, fields: Fields): Run<boolean> | null {
  const part = partOf(ast, fields);
  return part?.type === 'bool' ? part.run : null;
}

function partOf(node: ASTNode, fields: Fields): Part | null {
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case '.':
      return field(node, fields);
    case 'call':
      return parameterAsNumber(node);
    case '!_': {
      const inner = partOf(node.args, fields);
      return inner?.type === 'bool' ? { type: 'bool', run: (bindings) => !inner.run(bindings) } : null;
    }
    case '&&':
    case '||':
      return logic(node.op, partOf(node.args[0], fields), partOf(node.args[1], fields));
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(node.op, partOf(node.args[0], fields), partOf(node.args[1], fields));
    case '+':
    case '-':
    case '*':
      return arithmetic(node.op, partOf(node.args[0], fields), partOf(node.args[1], fields));
    default:
      return null;
  }
}

function literal(value: unknown): Part | null {
  switch (typeof value) {
    case 'boolean':
      return { type: 'bool', run: () => value };
    case 'number':
      return { type: 'double', run: () => value };
    case 'bigint': {
      const whole = Number(value);
      return { type: 'int', run: () => whole };
    }
    case 'string':
      return { type: 'string', run: () => value };
    default:
      return null;
  }
}

function field(node: Extract<ASTNode, { op: '.' }>, fields: Fields): Part | null {
  const [owner, name] = node.args;
  if (owner.op !== 'id') return null;
  const variable = owner.args;
  const type = fields[variable]?.[name];
  const run = (bindings: Bindings) => (bindings[variable] as Record<string, never>)[name] as never;
  if (type === 'bool' || type === 'double' || type === 'string') return { type, run };
  return type === time ? { type: 'time', run } : null;
}

/** `number(params.name)`. */
function parameterAsNumber(node: Extract<ASTNode, { op: 'call' }>): Part | null {
  const [name, given] = node.args;
  const [parameter] = given;
  if (name !== 'number' || given.length !== 1 || parameter?.op !== '.') return null;
  const [owner, key] = parameter.args;
  if (owner.op !== 'id' || owner.args !== 'params') return null;
  return { type: 'double', run: ({ params }) => Number((params as Record<string, unknown>)[key]) };
}

function logic(op: '&&' | '||', left: Part | null, right: Part | null): Part | null {
  if (left?.type !== 'bool' || right?.type !== 'bool') return null;
  const [one, other] = [left.run, right.run];
  return op === '&&'
    ? { type: 'bool', run: (bindings) => one(bindings) && other(bindings) }
    : { type: 'bool', run: (bindings) => one(bindings) || other(bindings) };
}

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

function comparison(op: Comparison, left: Part | null, right: Part | null): Part | null {
  if (left === null || right === null) return null;
  const isOfNumbers = isNumber(left) && isNumber(right) && (left.type === 'double' || right.type === 'double');
  const isEquality = op === '==' || op === '!=';
  if (left.type === 'time' && right.type === 'time' && !isEquality) {
    const [one, other] = [left.run, right.run];
    return compared(
      op,
      (bindings) => one(bindings).getTime(),
      (bindings) => other(bindings).getTime(),
    );
  }
  const isOfSame = isEquality && left.type === right.type && (left.type === 'bool' || left.type === 'string');
  return isOfNumbers || isOfSame ? compared(op, left.run as Run<number>, right.run as Run<number>) : null;
}

function compared(op: Comparison, one: Run<number>, other: Run<number>): Part {
  const runs: Record<Comparison, Run<boolean>> = {
    '==': (bindings) => one(bindings) === other(bindings),
    '!=': (bindings) => one(bindings) !== other(bindings),
    '<': (bindings) => one(bindings) < other(bindings),
    '<=': (bindings) => one(bindings) <= other(bindings),
    '>': (bindings) => one(bindings) > other(bindings),
    '>=': (bindings) => one(bindings) >= other(bindings),
  };
  return { type: 'bool', run: runs[op] };
}

function arithmetic(op: '+' | '-' | '*', left: Part | null, right: Part | null): Part | null {
  if (left?.type !== 'double' || right?.type !== 'double') return null;
  const [one, other] = [left.run, right.run];
  const runs: Record<'+' | '-' | '*', Run<number>> = {
    '+': (bindings) => one(bindings) + other(bindings),
    '-': (bindings) => one(bindings) - other(bindings),
    '*': (bindings) => one(bindings) * other(bindings),
  };
  return { type: 'double', run: runs[op] };
}

const isNumber = (part: Part): part is Extract<Part, { run: Run<number> }> =>
  part.type === 'double' || part.type === 'int';
