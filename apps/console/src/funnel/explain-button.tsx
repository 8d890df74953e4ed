import { Popover, UnstyledButton } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { formatInstantExact } from '../format/dates.js';
import { formatCount, formatInterval, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { definitionText } from './definition-texts.js';
import type { FunnelFrame } from './funnel-frame.js';
import { useFigureExplanation } from './use-funnel.js';
import type { FigureQuery } from './use-funnel.js';
import classes from './explain-button.module.css';

const route = getRouteApi('/portals/$portalId/funnel');

/** `Как посчитано`: definition, inputs, version and events behind the open number. */
export function ExplainButton({ frame, figure }: { frame: FunnelFrame; figure: FigureQuery }) {
  const { t } = useSpeech();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" shadow="md" width={420} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.button} onClick={() => setIsOpen((now) => !now)} aria-expanded={isOpen}>
          {t('explain.button')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown ?? ''} aria-label={t('explain.button')}>
        {isOpen && <ExplanationText frame={frame} figure={figure} />}
      </Popover.Dropdown>
    </Popover>
  );
}

const inputNames: Readonly<Record<string, MessageKey>> = {
  pipeline: 'explain.input.pipeline',
  seller: 'explain.input.seller',
  stage: 'explain.input.stage',
  toStage: 'explain.input.toStage',
  from: 'explain.input.from',
  to: 'explain.input.to',
  zone: 'explain.input.zone',
  horizonDays: 'explain.input.horizonDays',
  definition: 'explain.input.definition',
  currency: 'explain.input.currency',
};

function ExplanationText({ frame, figure }: { frame: FunnelFrame; figure: FigureQuery }) {
  const { t, language } = useSpeech();
  const navigate = route.useNavigate();
  const query = useFigureExplanation(frame.portalId, figure, true);
  const { data } = query;
  if (data === undefined) {
    return query.isError ? (
      <ErrorState error={query.error} retry={() => void query.refetch()} />
    ) : (
      <TableSkeleton rows={4} />
    );
  }
  const zone = frame.portal?.zone ?? 'UTC';
  const { rate } = data;
  return (
    <div className={classes.text} tabIndex={-1}>
      <p className={classes.definition}>{definitionText(data.view, data.figure, figure.definition, t) ?? data.text}</p>
      <dl className={classes.inputs}>
        <div>
          <dt>{t('explain.value')}</dt>
          <dd>
            {formatCount(data.value)}
            {rate !== null && rate.share !== null && !rate.tooFew && rate.low !== null && rate.high !== null && (
              <>
                {' · '}
                {formatPercent(rate.share, language)} {formatInterval(rate.low, rate.high, language)}, n ={' '}
                {formatCount(rate.n)}
              </>
            )}
          </dd>
        </div>
        {data.inputs.map((input) => {
          const name = inputNames[input.name];
          return (
            <div key={input.name}>
              <dt>{name === undefined ? input.name : t(name)}</dt>
              <dd>{input.value}</dd>
            </div>
          );
        })}
        {data.basis.window !== null && (
          <div>
            <dt>{t('explain.window')}</dt>
            <dd>
              {formatInstantExact(data.basis.window.from, data.basis.window.zone, language)} –{' '}
              {formatInstantExact(data.basis.window.to, data.basis.window.zone, language)} ({data.basis.window.zone})
            </dd>
          </div>
        )}
        <div>
          <dt>{t('explain.asOf')}</dt>
          <dd>
            {data.basis.asOf.at === null ? '—' : formatInstantExact(data.basis.asOf.at, zone, language)},{' '}
            {t('explain.position', { position: data.basis.asOf.position })}
          </dd>
        </div>
        <div>
          <dt>{t('explain.version')}</dt>
          <dd>{data.basis.version}</dd>
        </div>
      </dl>
      <h3 className={classes.subtitle}>{t('explain.events')}</h3>
      {data.sampleEvents.length === 0 ? (
        <p className={classes.none}>{t('explain.noEvents')}</p>
      ) : (
        <ul className={classes.events}>
          {data.sampleEvents.map((event) => (
            <li key={event.eventId}>
              <button
                type="button"
                className={classes.event}
                onClick={() =>
                  void navigate({
                    search: (before) => ({ ...before, record: `${event.kind}:${event.recordId}` }),
                    resetScroll: false,
                  })
                }
              >
                <span>{formatInstantExact(event.occurredAt, zone, language)}</span>
                <code>
                  {event.kind}:{event.recordId}
                </code>
                <code className={classes.id}>{event.eventId}</code>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
