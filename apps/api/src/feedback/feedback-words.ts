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

/** A record as a person would name it: «сделка 12». */
function recordName(reference: string, language: Language): string {
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
  return words.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    if (name === 'record') return recordName(about, language);
    const value = parameters[name];
    if (typeof value === 'number') return value.toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB');
    if (typeof value === 'string') return value;
    return Array.isArray(value) ? value.join(', ') : placeholder;
  });
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
