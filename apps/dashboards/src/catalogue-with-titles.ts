import { basePack } from '@funnelwatch/curation';
import { catalogueOf, type Language } from '@funnelwatch/dashboards';

/** What is shown and watched in one language, rules by their titles. */
export function catalogueWithTitles(language: Language): ReturnType<typeof catalogueOf> {
  const titles = basePack.rules.map(({ id, title }) => [id, { text: `${id} · ${title[language]}` }] as const);
  return catalogueOf(language, Object.fromEntries(titles));
}
