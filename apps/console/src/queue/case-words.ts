import type { CasePerson, RuleView } from '../api/schema.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { kindKey } from '../portals/kind-names.js';

const capital = (text: string): string => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);

const channelKeys: Readonly<Record<string, MessageKey>> = {
  calls: 'channel.calls',
  mail: 'channel.mail',
  messages: 'channel.messages',
};

/** A channel by its name, where it is no source of the portal: `Входящие звонки`. */
export function channelText(channel: string, t: Translate): string {
  const key = channelKeys[channel];
  return key === undefined ? t('channel.source', { id: channel }) : t(key);
}

/** A record in words: `Сделка 123`; what is no record by what it is. */
export function recordText(reference: string, t: Translate): string {
  const [kind = '', ...rest] = reference.split(':');
  if (kind === 'channel') return channelText(rest.join(':'), t);
  if (kind === 'pipelines') return pipelinesText(rest.join(':'), reference, t);
  if (kind === 'employee') return t('about.employee', { id: rest.join(':') });
  if (kind === 'portal') return t('about.portal');
  const key = kindKey(kind);
  return key === null ? reference : `${capital(t(key, { n: 1 }))} ${rest.join(':')}`;
}

function pipelinesText(kind: string, reference: string, t: Translate): string {
  const key = kindKey(kind);
  return key === null ? reference : t('about.pipelines', { kind: t(key, { n: 5 }) });
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
