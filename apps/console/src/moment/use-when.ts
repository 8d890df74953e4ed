import { useSpeech } from '../i18n/i18n.js';
import { isPast, useMoment } from './moment.js';

/** `сейчас`, or `на выбранный момент` on a page about the past: completes sentences about the state of things. */
export function useWhen(): string {
  const { t } = useSpeech();
  return t(isPast(useMoment()) ? 'moment.then' : 'moment.now');
}
