import { canonicalJson, type JsonValue } from '@funnelwatch/kernel';
import type { InheritedPack, InheritedRule } from './inherit.js';

/** One field of a rule that is different; null where it is not there. */
interface FieldDifference {
  /** `severity`, `isOn`, `parameters.minutes`, `clause.ru`, `when`, `grace.amount`, … */
  path: string;
  before: JsonValue;
  after: JsonValue;
}

export interface PackDiff {
  added: string[];
  removed: string[];
  changed: { ruleId: string; fields: FieldDifference[] }[];
}

/** What is different between two states of a pack with its layers: rules and fields in alphabetical order. */
export function packDiff(before: InheritedPack, after: InheritedPack): PackDiff {
  const ids = [...new Set([...before.rules.keys(), ...after.rules.keys()])].sort();
  const diff: PackDiff = { added: [], removed: [], changed: [] };
  for (const ruleId of ids) {
    const [old, now] = [before.rules.get(ruleId), after.rules.get(ruleId)];
    if (!old) diff.added.push(ruleId);
    else if (!now) diff.removed.push(ruleId);
    else {
      const fields = differences(leavesOf(old), leavesOf(now));
      if (fields.length > 0) diff.changed.push({ ruleId, fields });
    }
  }
  return diff;
}

function differences(before: Map<string, JsonValue>, after: Map<string, JsonValue>): FieldDifference[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path) ?? null, after.get(path) ?? null];
    return canonicalJson(was) === canonicalJson(is) ? [] : [{ path, before: was, after: is }];
  });
}

/** Fields of a rule by path. A parameter's value and a list are one field each, however much they hold. */
function leavesOf({ rule, parameters, scope, isOn }: InheritedRule): Map<string, JsonValue> {
  const { parameters: declarations = {}, ...fields } = rule;
  const leaves = new Map<string, JsonValue>([['isOn', isOn]]);
  for (const [name, value] of Object.entries(parameters)) leaves.set(`parameters.${name}`, value);
  collect(leaves, '', { ...fields, scope });
  for (const [name, { title, type, isRequired = false }] of Object.entries(declarations)) {
    collect(leaves, `declarations.${name}`, { title, type, isRequired });
  }
  return leaves;
}

function collect(leaves: Map<string, JsonValue>, path: string, value: JsonValue): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    leaves.set(path, value);
    return;
  }
  for (const [name, one] of Object.entries(value)) collect(leaves, path === '' ? name : `${path}.${name}`, one);
}

/** A rule whose outcome may be another one after a change of the pack, as it would be then. */
export interface ChangedRule {
  ruleId: string;
  rule: InheritedRule['rule'];
  parameters: InheritedRule['parameters'];
  scope: InheritedRule['scope'];
}

/** Whether a field only says how a rule is named or what is told of it. */
const isWording = (path: string): boolean => /^(title|clause|feedback|declarations)\b/.test(path);

/** Rules that are on afterwards and may find otherwise than before: those that are worth trying on the past. */
export function rulesToTry(diff: PackDiff, after: InheritedPack): ChangedRule[] {
  const changed = diff.changed.filter(({ fields }) =>
    fields.some(({ path }) => !isWording(path) && path !== 'version'),
  );
  return [...diff.added, ...changed.map(({ ruleId }) => ruleId)].sort().flatMap((ruleId) => {
    const inherited = after.rules.get(ruleId);
    if (!inherited?.isOn || inherited.rule.unavailable) return [];
    return [{ ruleId, rule: inherited.rule, parameters: inherited.parameters, scope: inherited.scope }];
  });
}
