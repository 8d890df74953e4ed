import type { CaseCard, EventField, RecordEvent } from '../api/schema.js';
import { formatDay, formatInstantExact, isDay } from '../format/dates.js';
import { formatMoment } from '../format/deadlines.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { kindKey } from '../portals/kind-names.js';
import { fieldName } from '../record/field-names.js';
import { fieldText } from '../record/field-text.js';
import { kindOfEvent, timelineOf } from './case-timeline.js';
import classes from './case-card.module.css';

const FIELDS_SHOWN = 2;

const verbs: Readonly<Record<string, MessageKey>> = {
  Appeared: 'verb.Appeared',
  Changed: 'verb.Changed',
  StageMoved: 'verb.StageMoved',
  StageMoveCorrected: 'verb.StageMoveCorrected',
  StageMoveWithdrawn: 'verb.StageMoveWithdrawn',
  MatchesFound: 'verb.MatchesFound',
  Deleted: 'verb.Deleted',
  Merged: 'verb.Merged',
};

/** Fields that change with every touch and say nothing about it. */
const silent = new Set(['modifiedAt', 'modifiedBy', 'lastActivityAt', 'lastActivityBy', 'movedAt', 'movedBy', 'entry']);

/** What happened next to a breach, with the breach marked. */
export function WhatHappened({ card, zone, nowMs }: { card: CaseCard; zone: string; nowMs: number }) {
  const { t, language } = useSpeech();
  const steps = timelineOf(card);
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <li key={step.key} className={classes.step} data-kind={step.kind}>
          <time dateTime={step.at} title={formatInstantExact(step.at, zone, language)}>
            {formatMoment(step.at, zone, language, nowMs)}
          </time>
          {step.kind === 'event' ? (
            <EventText event={step.event} zone={zone} />
          ) : (
            <strong>{t(step.kind === 'breach' ? 'card.breach' : 'card.opened')}</strong>
          )}
        </li>
      ))}
    </ol>
  );
}

function EventText({ event, zone }: { event: RecordEvent; zone: string }) {
  const { t, language } = useSpeech();
  const kind = kindKey(kindOfEvent(event.type) ?? '');
  const verb = event.verb === null ? undefined : verbs[event.verb];
  const changes = event.verb === 'Changed' ? event.fields.filter(({ field }) => !silent.has(field)) : [];
  const text = (field: EventField, value: unknown, label: string | null | undefined) =>
    field.field.endsWith('Kopecks')
      ? fieldText(field.field, value, zone, language, t)
      : (label ?? (isDay(value) ? formatDay(value, language) : fieldText(field.field, value, zone, language, t)));
  return (
    <span className={classes.what}>
      {kind !== null && <span className={classes.soft}>{t(kind, { n: 1 })} · </span>}
      {verb === undefined ? event.type : t(verb)}
      {event.move !== null && <b> {event.move.stageName ?? event.move.stageId}</b>}
      {event.actorName !== null && <span className={classes.soft}> — {event.actorName}</span>}
      {changes.slice(0, FIELDS_SHOWN).map((field) => (
        <span key={field.field} className={classes.change}>
          {fieldName(field.field, t)}:{' '}
          {field.personal ? (
            '••••'
          ) : (
            <>
              {field.before !== undefined && <del>{text(field, field.before, field.beforeLabel)}</del>} →{' '}
              {text(field, field.after, field.afterLabel)}
            </>
          )}
        </span>
      ))}
      {changes.length > FIELDS_SHOWN && (
        <span className={classes.soft}>{t('card.moreFields', { n: changes.length - FIELDS_SHOWN })}</span>
      )}
    </span>
  );
}
