import type { StageVisit } from '../api/schema.js';
import { formatDuration, formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { isPast, useMoment } from '../moment/moment.js';
import { visitSpans } from './visit-spans.js';
import classes from './stage-visits.module.css';

/** How the fact came to be known. */
export const provenances = {
  observed: 'provenance.observed',
  backfilled: 'provenance.backfilled',
  reconstructed: 'provenance.reconstructed',
} as const satisfies Record<StageVisit['provenance'], MessageKey>;

/** Every visit of a stage with the time spent there. */
export function StageVisits({ visits, zone }: { visits: readonly StageVisit[]; zone: string }) {
  const { t, language } = useSpeech();
  const past = isPast(useMoment());
  if (visits.length === 0) return null;
  const spans = visitSpans(visits);
  const pipelines = new Set(visits.map((visit) => visit.pipelineId));
  return (
    <section className={classes.visits} aria-label={t('visits.title')}>
      <h3 className={classes.title}>{t('visits.title')}</h3>
      <div className={classes.strip} aria-hidden>
        {spans.map((span, at) => (
          <span
            key={`${span.visit.eventId} ${at}`}
            className={classes.part}
            data-semantics={span.visit.semantics ?? 'P'}
            style={{ flexGrow: Math.max(span.share, 0.012) }}
            title={span.visit.stageName ?? span.visit.stageId}
          />
        ))}
      </div>
      <ol className={classes.list}>
        {visits.map((visit, at) => (
          <li key={`${visit.eventId} ${at}`} className={classes.visit} data-semantics={visit.semantics ?? 'P'}>
            <span className={classes.dot} aria-hidden />
            <span className={classes.stage}>
              {pipelines.size > 1 && visit.pipelineName !== null && (
                <span className={classes.pipeline}>{visit.pipelineName} → </span>
              )}
              {visit.stageName ?? visit.stageId}
              {visit.provenance === 'reconstructed' && (
                <span className={classes.note}> · {t(provenances.reconstructed)}</span>
              )}
            </span>
            <span className={classes.when}>{formatInstant(visit.enteredAt, zone, language)}</span>
            <span className={classes.time}>
              {visit.leftAt !== null
                ? formatDuration(visit.seconds * 1000, language)
                : visit.semantics === 'P'
                  ? t(past ? 'visits.stillThen' : 'visits.still', {
                      time: formatDuration(visit.seconds * 1000, language),
                    })
                  : t('visits.final')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
