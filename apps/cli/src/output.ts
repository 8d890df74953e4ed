import { BitrixFailure } from '@funnelwatch/bitrix24';
import { Rejection } from '@funnelwatch/kernel';
import type { Language } from './language.js';
import { rejectionsInRussian } from './rejections-in-russian.js';

export interface Streams {
  out: (text: string) => void;
  error: (text: string) => void;
}

/** Expected failures end with 1, wrong use of the command line with 2. */
export const exitCodes = { ok: 0, failed: 1, misused: 2 } as const;

/** One answer, as JSON or as text. */
export function answer(streams: Streams, isJson: boolean, value: unknown, text: string): void {
  streams.out(isJson ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
}

/** Says an expected failure in one sentence and returns the exit code; throws anything else on. */
export function refuse(streams: Streams, isJson: boolean, language: Language, error: unknown): number {
  if (!(error instanceof Rejection)) throw error;
  const message = sentenceIn(language, error);
  if (isJson) streams.out(`${JSON.stringify({ error: { code: error.code, message } }, null, 2)}\n`);
  else streams.error(`${message}\n`);
  return exitCodes.failed;
}

function sentenceIn(language: Language, rejection: Rejection): string {
  if (rejection instanceof BitrixFailure) return rejection.sentence(language);
  return (language === 'ru' ? rejectionsInRussian[rejection.code] : undefined) ?? rejection.message;
}
