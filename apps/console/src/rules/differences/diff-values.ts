import type { PackDiff, RuleDetail, RuleView } from '../../api/schema.js';
import type { Translate } from '../../i18n/i18n.js';
import type { Language } from '../../i18n/language.js';
import { parameterText } from '../../queue/fill-places.js';
import { fieldText } from '../write-rule/fault-words.js';

export type ChangedRule = PackDiff['changed'][number];

/** A value as it is read: what is not there and what is empty are told apart. */
export function diffText(path: string, value: unknown, language: Language, t: Translate): string {
  if (value === null || value === undefined) return t('differences.nothing');
  if (path === 'isOn') return t(value === true ? 'differences.on' : 'differences.off');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  const isNested = Array.isArray(value) && value.some((each) => typeof each === 'object');
  const text = isNested ? JSON.stringify(value) : parameterText(value, language);
  return text === '' ? t('differences.empty') : text;
}

/** Whether a field holds an expression, which is read as code. */
export const isCode = (path: string): boolean => /^(when|resolve\.when|about|items|clocks|grace\.amount)\b/.test(path);

/** The name of a field; parameters by the title that the rule gives them. */
export function diffFieldText(path: string, rule: RuleView | undefined, language: Language, t: Translate): string {
  const name = /^parameters\.(.+)$/.exec(path)?.[1];
  const title = rule?.parameters.find((each) => each.name === name)?.title[language];
  return title ?? fieldText(path, t);
}

/** The layer a field comes from; undefined where nobody tells. */
export function layerOf(path: string, origins: RuleDetail['origins']): string | undefined {
  // A rule that is written as a whole has nothing of the layers below.
  if (origins['rule'] !== undefined) return origins['rule'];
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const layer = origins[parts.slice(0, length).join('.')];
    if (layer !== undefined) return layer;
  }
  return undefined;
}
