import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { EventField, RecordEvent } from '../api/schema.js';
import { dayIn, formatDay, formatInstantExact, formatTime } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import type { RecordKind } from '../portals/kind-names.js';
import { ClockIcon, LockIcon } from '../ui/icons.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { fieldName } from './field-names.js';
import { fieldText } from './field-text.js';
import { MASK } from './record-title.js';
import { provenances } from './stage-visits.js';
import classes from './time-line.module.css';
import { useRecordEvents } from './use-record.js';

type TimeLineProps = { portalId: string; kind: RecordKind; recordId: string; zone: string };

/** Everything that happened to a record, newest first. */
export function TimeLine({ portalId, kind, recordId, zone }: TimeLineProps) {
  const { t, language } = useSpeech();
  const events = useRecordEvents(portalId, kind, recordId);
  const items = events.data?.pages.flatMap((page) => page.items) ?? [];
  const isMasked = events.data?.pages[0]?.personal === 'masked';
  const byDay = new Map<string, RecordEvent[]>();
  for (const event of items) {
    const day = dayIn(event.occurredAt, zone);
    byDay.set(day, [...(byDay.get(day) ?? []), event]);
  }
  return (
    <section aria-label={t('timeLine.title')}>
      <h3 className={classes.title}>{t('timeLine.title')}</h3>
      {events.data === undefined &&
        (events.isError ? (
          <ErrorState error={events.error} retry={() => void events.refetch()} />
        ) : (
          <TableSkeleton rows={6} />
        ))}
      {events.data !== undefined && items.length === 0 && <EmptyState title={t('empty.events')} />}
      {[...byDay].map(([day, ofDay]) => (
        <section key={day} aria-label={formatDay(day, language)}>
          <h4 className={classes.day}>{formatDay(day, language)}</h4>
          <ol className={classes.events}>
            {ofDay.map((event) => (
              <EventRow key={event.eventId} portalId={portalId} event={event} zone={zone} isMasked={isMasked} />
            ))}
          </ol>
        </section>
      ))}
      {events.hasNextPage && (
        <Button
          size="xs"
          variant="default"
          loading={events.isFetchingNextPage}
          onClick={() => void events.fetchNextPage()}
        >
          {t('timeLine.more')}
        </Button>
      )}
    </section>
  );
}

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

type EventRowProps = { portalId: string; event: RecordEvent; zone: string; isMasked: boolean };

function EventRow({ portalId, event, zone, isMasked }: EventRowProps) {
  const { t, language } = useSpeech();
  const verb = event.verb === null ? undefined : verbs[event.verb];
  const isSnapshot = event.verb === 'Appeared';
  const fields = event.fields.filter((field) => isWorthTelling(field, isSnapshot));
  const actor =
    event.actorName ??
    (event.actor.startsWith('user:') ? t('seller.nameless', { id: event.actor.slice(5) }) : actorText(event.actor, t));
  return (
    <li className={classes.event} data-verb={event.verb ?? undefined} data-row tabIndex={-1}>
      <div className={classes.line}>
        <time className={classes.time} dateTime={event.occurredAt}>
          {formatTime(event.occurredAt, zone, language)}
        </time>
        <span className={classes.what}>
          {verb === undefined ? event.type : t(verb)}
          {event.move !== null && (
            <>
              {' '}
              <strong className={classes.stage} data-semantics={event.move.semantics}>
                {event.move.stageName ?? event.move.stageId}
              </strong>
            </>
          )}
        </span>
        <span className={classes.who}>{actor}</span>
        <Link
          to="/portals/$portalId/funnel"
          params={{ portalId }}
          search={{ asAt: event.position }}
          preload={false}
          className={classes.then}
          title={t('timeLine.funnelThen')}
        >
          <ClockIcon />
          <span className="visually-hidden">{t('timeLine.funnelThen')}</span>
        </Link>
      </div>
      {event.erased && <p className={classes.erased}>{t('timeLine.erased')}</p>}
      {fields.length > 0 && (
        <details className={classes.details} open={!isSnapshot && fields.length <= 6}>
          <summary>
            {isSnapshot ? t('timeLine.snapshot', { n: fields.length }) : t('timeLine.fields', { n: fields.length })}
          </summary>
          <dl className={classes.fields}>
            {fields.map((field) => (
              <FieldRow
                key={field.field}
                field={field}
                zone={zone}
                isSnapshot={isSnapshot}
                isMasked={isMasked && field.personal}
              />
            ))}
          </dl>
        </details>
      )}
      <details className={classes.envelope}>
        <summary>{t(provenances[event.provenance])}</summary>
        <span>{t('timeLine.recorded', { at: formatInstantExact(event.recordedAt, zone, language) })}</span>
        <span>
          {event.type}, {t('timeLine.version', { version: String(event.version) })},{' '}
          {t('explain.position', { position: event.position })}
        </span>
        <code>{event.eventId}</code>
      </details>
    </li>
  );
}

function actorText(actor: string, t: ReturnType<typeof useSpeech>['t']): string {
  if (actor === 'robot') return t('actor.robot');
  if (actor === 'import') return t('actor.import');
  return actor === 'unknown' ? t('actor.unknown') : actor;
}

/** Empty fields of a first sight say nothing, nor does it that a move moved. */
function isWorthTelling(field: EventField, isSnapshot: boolean): boolean {
  if (field.field === 'entry') return field.after === 'pipeline-changed';
  return !isSnapshot || !isBlank(field.after);
}

function isBlank(value: EventField['after']): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

type FieldRowProps = { field: EventField; zone: string; isSnapshot: boolean; isMasked: boolean };

function FieldRow({ field, zone, isSnapshot, isMasked }: FieldRowProps) {
  const { t, language } = useSpeech();
  const text = (value: unknown, label: string | null | undefined) =>
    field.field.endsWith('Kopecks')
      ? fieldText(field.field, value, zone, language, t)
      : (label ?? fieldText(field.field, value, zone, language, t));
  return (
    <div className={classes.field}>
      <dt>
        {fieldName(field.field, t)}
        {field.personal && (
          <span className={classes.lock} title={t('timeLine.personal')}>
            <LockIcon />
            <span className="visually-hidden">{t('timeLine.personal')}</span>
          </span>
        )}
      </dt>
      <dd>
        {!isSnapshot && field.before !== undefined && (
          <>
            <del className={classes.before}>{text(field.before, field.beforeLabel)}</del>
            <span aria-label={t('timeLine.became')}> → </span>
          </>
        )}
        <ins className={classes.after} title={isMasked ? t('personal.hidden') : undefined}>
          {isMasked ? MASK : text(field.after, field.afterLabel)}
        </ins>
      </dd>
    </div>
  );
}
