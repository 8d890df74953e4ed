import type { OperationsSummary, Portal } from '../api/schema.js';
import { formatDuration } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import type { Translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { concernsOf, rangesOf } from './verdict.js';
import type { Concern } from './verdict.js';
import classes from './concerns.module.css';

/** One line when all is well, otherwise one per thing that has to be looked at. */
export function Concerns({ summary, portals }: { summary: OperationsSummary; portals: readonly Portal[] }) {
  const { t, language } = useSpeech();
  const concerns = concernsOf(summary, portals);
  return (
    <ul className={classes.list} role="status">
      {concerns.length === 0 && (
        <li className={classes.concern} data-well>
          <span className={classes.dot} aria-hidden />
          {t('concern.none')}
        </li>
      )}
      {concerns.map((concern) => (
        <li key={concern.kind} className={classes.concern} data-bad={isGrave(concern) || undefined}>
          <span className={classes.dot} aria-hidden />
          {concernText(concern, t, language)}
        </li>
      ))}
    </ul>
  );
}

function isGrave({ kind }: Concern): boolean {
  return kind === 'holes' || kind === 'stopped';
}

function concernText(concern: Concern, t: Translate, language: Language): string {
  switch (concern.kind) {
    case 'holes':
      return t('concern.holes', { n: concern.count });
    case 'stopped':
      return t('concern.stopped', { buckets: rangesOf(concern.buckets) });
    case 'unattended':
      return t('concern.unattended', { buckets: rangesOf(concern.buckets) });
    case 'behind':
      return t('concern.behind', { age: formatDuration(concern.seconds * 1000, language) });
    case 'relay':
      return t('concern.relay', { age: formatDuration(concern.seconds * 1000, language) });
    case 'quarantine':
      return t('concern.quarantine', {
        n: concern.events,
        age: formatDuration(concern.oldestSeconds * 1000, language),
      });
    case 'uncertified':
      return t('concern.uncertified', { portals: namesOf(concern.portals, t) });
    case 'gap':
      return t('concern.gap', { portals: namesOf(concern.portals, t) });
  }
}

const NAMED_PORTALS = 3;

function namesOf(portals: readonly string[], t: Translate): string {
  const named = portals.slice(0, NAMED_PORTALS).join(', ');
  const more = portals.length - NAMED_PORTALS;
  return more > 0 ? t('concern.andMore', { names: named, n: more }) : named;
}
