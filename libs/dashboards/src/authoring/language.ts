export const languages = ['en', 'ru'] as const;
export type Language = (typeof languages)[number];

let current: Language = 'en';

/** What is written, in the language that dashboards are being built in. */
export const say = (en: string, ru: string): string => (current === 'ru' ? ru : en);

/** Builds something, all its texts in a language. */
export function inLanguage<Built>(language: Language, build: () => Built): Built {
  const before = current;
  current = language;
  try {
    return build();
  } finally {
    current = before;
  }
}
