import type { ASTNode } from '@marcbachmann/cel-js';
import { childrenOf } from '../rules/condition-limits.js';
import { environmentOf, type ViewType } from '../views/catalogue.js';
import type { NeededPart } from './portal-need.js';

/** How a parameter holds names: as its values, as keys, or as demands, a list for each stage. */
type Holding = 'values' | 'keys' | 'demands';

/** A name in an expression, or a parameter that holds names. */
export type Naming = { part: NeededPart; literal: string } | { part: NeededPart; parameter: string; holding: Holding };

interface Read {
  type: ViewType;
  variable: string;
  /** Whether `fact` is an entry into a stage. */
  isOfMoves: boolean;
  hasFact: boolean;
}

const partOfField: Readonly<Record<string, NeededPart>> = {
  ...{ stage: 'stage', pipeline: 'pipeline', deal_pipeline: 'pipeline', source: 'source' },
};
const partOfFact: Readonly<Record<string, NeededPart>> = {
  ...{ from: 'stage', to: 'stage', skipped: 'stage', from_pipeline: 'pipeline', to_pipeline: 'pipeline' },
};
/** Functions of a record whose first argument is a name. */
const named: Readonly<Record<string, NeededPart>> = {
  ...{ filled: 'field', value: 'field', changed_since: 'field', changes_within: 'field' },
  ...{ visited: 'stage', missing_proofs: 'stage' },
};
/** Functions whose last argument is a map of a stage to what it demands. */
const demanding = ['missing_proofs', 'proven', 'missing_fields'];
const loops = ['exists', 'exists_one', 'all', 'filter', 'map'];

const kept = new Map<string, readonly Naming[]>();
const mostKept = 2_000;

/** Names of the portal's configuration in an expression that compiles; told from how they are used, not from how they look. */
export function namesIn(source: string, around: Read): readonly Naming[] {
  const key = JSON.stringify([around.type, around.hasFact, around.isOfMoves, source]);
  let names = kept.get(key);
  if (!names) {
    const { ast } = environmentOf(around.type, around.variable, around.hasFact).parse(source) as { ast: ASTNode };
    const reader = new NameReader(around);
    reader.visit(ast, new Map());
    names = reader.names;
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, names);
  }
  return names;
}

type Parts = ReadonlyMap<string, NeededPart>;

class NameReader {
  readonly names: Naming[] = [];

  constructor(private readonly around: Read) {}

  visit(node: ASTNode, variables: Parts): void {
    let within = variables;
    if (node.op === '==' || node.op === '!=') {
      const [left, right] = node.args;
      this.compare(left, right, variables, 'values');
      this.compare(right, left, variables, 'values');
    }
    if (node.op === 'in') {
      const [left, right] = node.args;
      this.compare(left, right, variables, 'keys');
    }
    if (node.op === '[]' && isParameter(node.args[0])) {
      this.compare(node.args[1], node.args[0], variables, 'keys');
    }
    if (node.op === 'rcall') {
      const [name, receiver, given] = node.args;
      const [first] = given;
      const part = named[name];
      if (part && first) this.take(part, first, 'values');
      const last = given.at(-1);
      if (demanding.includes(name) && last) this.take('stage', last, 'demands');
      const over = this.partOf(receiver, variables);
      if (loops.includes(name) && over && first?.op === 'id') within = new Map([...variables, [first.args, over]]);
    }
    for (const child of childrenOf(node)) this.visit(child, within);
  }

  /** One side of a comparison says what the other one names. */
  private compare(known: ASTNode, other: ASTNode, variables: Parts, holding: Holding): void {
    const part = this.partOf(known, variables);
    if (part) this.take(part, other, holding);
  }

  private partOf(node: ASTNode, variables: Parts): NeededPart | null {
    if (node.op === 'id') return variables.get(node.args) ?? null;
    if (node.op === 'rcall' && node.args[0] === 'filter') return this.partOf(node.args[1], variables);
    if (node.op !== '.') return null;
    const [owner, field] = node.args;
    if (owner.op !== 'id') return null;
    if (owner.args === this.around.variable) return partOfField[field] ?? null;
    return owner.args === 'fact' && this.around.isOfMoves ? (partOfFact[field] ?? null) : null;
  }

  private take(part: NeededPart, node: ASTNode, holding: Holding): void {
    if (node.op === 'value') {
      if (typeof node.args === 'string') this.names.push({ part, literal: node.args });
    } else if (node.op === 'list') {
      for (const element of node.args) this.take(part, element, holding);
    } else if (isParameter(node)) {
      this.names.push({ part, parameter: parameterOf(node), holding });
    }
  }
}

const isParams = (node: ASTNode): boolean => node.op === 'id' && node.args === 'params';

function isParameter(node: ASTNode): boolean {
  if (node.op === '.') return isParams(node.args[0]);
  return node.op === '[]' && isParams(node.args[0]) && node.args[1].op === 'value';
}

function parameterOf(node: ASTNode): string {
  if (node.op === '.') return node.args[1];
  return node.op === '[]' && node.args[1].op === 'value' ? String(node.args[1].args) : '';
}
