import type { ASTNode } from '@marcbachmann/cel-js';

/** Something in a condition that is not let through, where it stands. */
export interface Objection {
  message: string;
  start: number;
  /** What was written, where another word may have been meant, and the words there are. */
  word?: { written: string; known: readonly string[] };
}

export interface Allowed {
  /** Names of functions of the catalogue. */
  functions: readonly string[];
  /** Names of the rule's parameters. */
  parameters: readonly string[];
  /** Names of variables. */
  variables: readonly string[];
}

/** Loops over lists. */
const loops = ['exists', 'exists_one', 'all', 'filter', 'map'];
/**
 * What else of CEL can be called. Left out on purpose: `matches`, whose regular expressions can take for ever;
 * `cel.bind`, `join`, `split` and bytes, with which a text can be made to double again and again.
 */
export const builtInFunctions: readonly string[] = [
  ...[...loops, 'has', 'size', 'startsWith', 'endsWith', 'contains', 'trim', 'lowerAscii'],
  ...['string', 'int', 'double', 'timestamp', 'duration', 'dyn'],
];
/** A loop over all there is within a loop over all there is: what goes deeper takes too long. */
export const deepestLoops = 2;

/** What in a condition would make it run for too long, grow too large, or ask for a parameter that is not there. */
export function objectionsTo(root: ASTNode, allowed: Allowed): Objection[] {
  const objections: Objection[] = [];
  const functions = [...builtInFunctions, ...allowed.functions];
  const visit = (node: ASTNode, depth: number): void => {
    let within = depth;
    const called = calledBy(node);
    if (called !== null && !functions.includes(called.name)) {
      const word = { written: called.name, known: functions };
      objections.push({ message: `There is no function "${called.name}".`, start: node.start, word });
    }
    if (called?.isMethod === true && loops.includes(called.name)) {
      within += 1;
      if (within === deepestLoops + 1) {
        objections.push({ message: `Loops over lists go at most ${deepestLoops} deep.`, start: node.start });
      }
      const [name] = called.parameters;
      if (name?.op === 'id' && allowed.variables.includes(name.args)) {
        objections.push({ message: `"${name.args}" has a meaning already: take another name.`, start: name.start });
      }
    }
    const parameter = parameterOf(node);
    if (parameter !== null) {
      if (!allowed.parameters.includes(parameter)) {
        const word = { written: parameter, known: allowed.parameters };
        objections.push({ message: `The rule has no parameter "${parameter}".`, start: node.start, word });
      }
      return;
    }
    if (node.op === 'id' && node.args === 'params') {
      objections.push({ message: 'Name the parameter: params.name.', start: node.start });
    }
    for (const child of childrenOf(node)) visit(child, within);
  };
  visit(root, 0);
  return objections;
}

/** `params.minutes` and `params["minutes"]` name a parameter. */
function parameterOf(node: ASTNode): string | null {
  if (node.op === '.' && isParams(node.args[0])) return node.args[1];
  if (node.op !== '[]' || !isParams(node.args[0])) return null;
  const [, index] = node.args;
  return index.op === 'value' && typeof index.args === 'string' ? index.args : null;
}

const isParams = (node: ASTNode): boolean => node.op === 'id' && node.args === 'params';

function calledBy(node: ASTNode): { name: string; isMethod: boolean; parameters: readonly ASTNode[] } | null {
  if (node.op === 'call') return { name: node.args[0], isMethod: false, parameters: node.args[1] };
  return node.op === 'rcall' ? { name: node.args[0], isMethod: true, parameters: node.args[2] } : null;
}

const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value;

/** Parts of an expression. */
export function childrenOf(node: ASTNode): ASTNode[] {
  const { args } = node as { args: unknown };
  return (Array.isArray(args) ? args : [args]).flat(2).filter(isNode);
}
