/** Languages the console speaks. */
export type Language = 'ru' | 'en';

/** The language to start with: the stored choice, else the browser's, else Russian. */
export function chooseLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (stored === 'ru' || stored === 'en') return stored;
  for (const tag of preferred) {
    const primary = tag.slice(0, 2).toLowerCase();
    if (primary === 'ru' || primary === 'en') return primary;
  }
  return 'ru';
}
