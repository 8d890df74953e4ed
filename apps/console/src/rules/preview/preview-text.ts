import type { PackLayer, PreviewPack, RuleView } from '../../api/schema.js';
import { ruleIn } from '../write-rule/rule-draft.js';
import type { RuleDraft } from '../write-rule/rule-draft.js';

export type ReadPreview =
  { pack: PreviewPack } | { fault: 'empty' } | { fault: 'json'; why: string } | { fault: 'pack' };

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRule = (value: unknown): value is RuleDraft => isMap(value) && ('when' in value || 'kind' in value);
/** A layer says of rules by their ids; the API says the rest about it. */
const isLayer = (value: unknown): value is PreviewPack['layers'][number] => isMap(value) && isMap(value['rules']);

/** What a text would have previewed: a rule, a list of rules and layers, a layer, or both by their names. */
export function previewIn(text: string): ReadPreview {
  if (text.trim() === '') return { fault: 'empty' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: 'json', why: error instanceof Error ? error.message : '' };
  }
  const both = isMap(value) && (Array.isArray(value['rules']) || Array.isArray(value['layers']));
  const parts: unknown[] = both
    ? [...listOf(value, 'rules'), ...listOf(value, 'layers')]
    : Array.isArray(value)
      ? value
      : [value];
  const rules = parts.filter(isRule);
  const layers = parts.filter((part) => !isRule(part)).filter(isLayer);
  if (parts.length === 0 || rules.length + layers.length < parts.length) return { fault: 'pack' };
  return { pack: { rules: rules.map((rule) => ({ ...rule })), layers } };
}

const listOf = (value: unknown, name: string): unknown[] => {
  const list = isMap(value) ? value[name] : undefined;
  return Array.isArray(list) ? (list as unknown[]) : [];
};

/** The text with another rule in the place of one of its own. */
export const textWithRule = ({ rules, layers }: PreviewPack, index: number, rule: RuleDraft): string =>
  JSON.stringify({ rules: rules.map((each, at) => (at === index ? rule : each)), layers }, null, 2);

/** The layer of what is one layer and nothing else; null for other things. */
export function onlyLayer({ rules, layers }: PreviewPack): PreviewPack['layers'][number] | null {
  const [layer, ...others] = layers;
  return rules.length === 0 && others.length === 0 ? (layer ?? null) : null;
}

/** A layer as its author writes it. */
export const textOfLayer = ({ id, version, rules }: PackLayer): string =>
  JSON.stringify({ id, version, rules }, null, 2);

/** A layer to begin with: it sets the first parameter that is a number as it is now. */
export function layerLike(rules: readonly RuleView[]): string {
  for (const { ruleId, unavailable, parameters } of rules) {
    const number = parameters.find(({ type }) => type === 'number');
    if (unavailable !== null || number === undefined) continue;
    const layer = { id: 'layer', version: 1, rules: { [ruleId]: { parameters: { [number.name]: number.value } } } };
    return JSON.stringify(layer, null, 2);
  }
  return JSON.stringify({ id: 'layer', version: 1, rules: {} }, null, 2);
}

/** Why a rule was not tried: `setting` names the parameter it waits for. */
export type WhyNotTried = { why: 'unavailable' | 'many' } | { why: 'setting'; name: string };

/** Why a rule was not tried, by what the portal has and by what was to be previewed of it. */
export function whyNotTried(ruleId: string, rules: readonly RuleView[], pack: PreviewPack): WhyNotTried {
  const known = rules.find((rule) => rule.ruleId === ruleId);
  if (known?.unavailable != null) return { why: 'unavailable' };
  const written = pack.rules.find((rule) => rule['id'] === ruleId);
  const layered = pack.layers.flatMap((layer) => Object.keys(Object(layer.rules[ruleId]?.['parameters']) as object));
  const declared: [string, unknown][] =
    written === undefined
      ? (known?.parameters ?? []).map(({ name, isRequired, value }) => [name, isRequired ? value : 1])
      : Object.entries(Object(written['parameters']) as Record<string, RuleDraft>).map(([name, one]) => [
          name,
          one['isRequired'] === true
            ? (known?.parameters.find((each) => each.name === name)?.value ?? one['default'])
            : 1,
        ]);
  const missing = declared.find(([name, value]) => !layered.includes(name) && isEmpty(value));
  if (missing === undefined) return { why: 'many' };
  const [name] = missing;
  return { why: 'setting', name };
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** Titles of the rules that are to be previewed. */
export const titlesIn = ({ rules }: PreviewPack, language: 'ru' | 'en'): Record<string, string> =>
  Object.fromEntries(
    rules.flatMap((rule) => {
      const title = ruleIn(JSON.stringify(rule['title'] ?? null))?.[language];
      return typeof rule['id'] === 'string' && typeof title === 'string' ? [[rule['id'], title]] : [];
    }),
  );
