import type { CasePerson, RuleView } from '../api/schema.js';
import type { Translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { kindKey } from '../portals/kind-names.js';

const capital = (text: string): string => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);

/** A record in words: `Сделка 123`; what is no record as it is written. */
export function recordText(reference: string, t: Translate): string {
  const [kind = '', ...rest] = reference.split(':');
  const key = kindKey(kind);
  return key === null ? reference : `${capital(t(key, { n: 1 }))} ${rest.join(':')}`;
}

/** Who somebody is: by name, else by number, else nobody in particular. */
export function personText(person: CasePerson | null, t: Translate): string {
  if (person === null) return t('queue.nobody');
  return person.name ?? t('seller.nameless', { id: person.userId });
}

/** What a rule is called; its id while its words are not known, or are only the id. */
export function ruleText(ruleId: string, rules: readonly RuleView[] | undefined, language: Language): string {
  return rules?.find((each) => each.ruleId === ruleId)?.title[language] ?? ruleId;
}

/** The id in front of the title, unless the title is only the id. */
export function ruleIdAndText(ruleId: string, rules: readonly RuleView[] | undefined, language: Language): string {
  const title = ruleText(ruleId, rules, language);
  return title === ruleId ? ruleId : `${ruleId} ${title}`;
}
