import type { RuleDraft } from '@funnelwatch/curation';
import { entityOf } from '@funnelwatch/capture-contracts';

type Language = 'ru' | 'en';

const kinds: Readonly<Record<string, Record<Language, string>>> = {
  lead: { ru: 'лид', en: 'lead' },
  deal: { ru: 'сделка', en: 'deal' },
  contact: { ru: 'контакт', en: 'contact' },
  company: { ru: 'компания', en: 'company' },
  invoice: { ru: 'счёт', en: 'invoice' },
  activity: { ru: 'дело', en: 'activity' },
  task: { ru: 'задача', en: 'task' },
};

const channels: Readonly<Record<string, Record<Language, string>>> = {
  calls: { ru: 'входящие звонки', en: 'incoming calls' },
  mail: { ru: 'входящая почта', en: 'incoming mail' },
  messages: { ru: 'входящие сообщения', en: 'incoming messages' },
};

/** A record as a person would name it: «сделка 12»; a channel as what comes through it. */
function recordName(reference: string, language: Language): string {
  const [, channel] = /^channel:(.+)$/.exec(reference) ?? [];
  if (channel !== undefined)
    return channels[channel]?.[language] ?? { ru: `источник ${channel}`, en: `source ${channel}` }[language];
  const entity = entityOf(reference);
  const kind = entity ? kinds[entity.kind]?.[language] : undefined;
  return entity && kind ? `${kind} ${entity.id}` : reference;
}

/** Fills placeholders such as `{minutes}` and `{record}` in the words of a rule; unknown ones stay as they are. */
function filled(
  words: string,
  parameters: Readonly<Record<string, unknown>>,
  about: string,
  language: Language,
): string {
  const text = words.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    if (name === 'record') return recordName(about, language);
    const value = parameters[name];
    if (typeof value === 'number') return value.toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB');
    if (typeof value === 'string') return value;
    return Array.isArray(value) ? value.join(', ') : placeholder;
  });
  // Where a record is named first, it begins the sentence.
  return words.startsWith('{record}') ? text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1) : text;
}

const shortDay = (week: string, plusDays: number, language: Language): string =>
  new Date(Date.parse(week) + plusDays * 86_400_000).toLocaleDateString(language === 'ru' ? 'ru-RU' : 'en-GB', {
    ...{ day: 'numeric', month: 'long', timeZone: 'UTC' },
  });

/** A good word for a week without a confirmed violation; `week` is its Monday. */
export function cleanWeekWords(
  { week, checks }: { week: string; checks: number },
  language: Language,
): { title: string; body: string } {
  const [first, last] = [shortDay(week, 0, language), shortDay(week, 6, language)];
  return language === 'ru'
    ? {
        title: 'Чистая неделя',
        body: `С ${first} по ${last} проверок стандарта было ${checks}, подтверждённых нарушений нет. Спасибо за порядок в CRM!`,
      }
    : {
        title: 'A clean week',
        body: `From ${first} to ${last} the standard was checked ${checks} times, with no confirmed violation. Thank you for keeping the CRM in order!`,
      };
}

/** Title and body of feedback on a case in the language of the portal. */
export function feedbackWords(
  rule: RuleDraft | null,
  opened: { ruleId: string; about: string; parameters: Readonly<Record<string, unknown>> },
  language: Language,
  text?: string,
): { title: string; body: string } {
  const { about, parameters } = opened;
  const title = rule ? rule.title[language] : opened.ruleId;
  const body = text ?? rule?.feedback[language] ?? title;
  return {
    title: `${filled(title, parameters, about, language)} — ${recordName(about, language)}`,
    body: filled(body, parameters, about, language),
  };
}

/** The clause of the working standard behind a case, with its parameters in it. */
export function clauseWords(
  rule: RuleDraft | null,
  { ruleId, about, parameters }: { ruleId: string; about: string; parameters: Readonly<Record<string, unknown>> },
  language: Language,
): string {
  return filled(rule ? rule.clause[language] : ruleId, parameters, about, language);
}
