import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { en } from './en.js';
import { chooseLanguage } from './language.js';
import type { Language } from './language.js';
import { fillMessage } from './message.js';
import type { MessageValues } from './message.js';
import { ru } from './ru.js';
import { recall, remember } from '../shell/browser-memory.js';

/** Every text of the console has a key in the Russian file; the English one must have the same. */
export type MessageKey = keyof typeof ru;

/** Says a text in the chosen language. */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

type Speech = { language: Language; setLanguage: (language: Language) => void; t: Translate };

const SpeechContext = createContext<Speech | null>(null);

/** Holds the chosen language (stored in the browser) for everything below. */
export function SpeechProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => chooseLanguage(recall('language'), navigator.languages));

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const choose = useCallback((next: Language) => {
    remember('language', next);
    setLanguage(next);
  }, []);

  const speech = useMemo<Speech>(() => {
    const messages = language === 'ru' ? ru : en;
    return { language, setLanguage: choose, t: (key, values) => fillMessage(messages[key], language, values) };
  }, [language, choose]);

  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** The chosen language, its setter and `t`. */
export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (speech === null) throw new Error('useSpeech outside SpeechProvider');
  return speech;
}
