import { Popover, UnstyledButton } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { formatInstantExact } from '../format/dates.js';
import { formatCount, formatInterval, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { recordKey } from '../live/recent-records.js';
import { recordTitle } from '../record/record-title.js';
import type { Rate } from '../api/schema.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { definitionText } from './definition-texts.js';
import { sellerName } from './funnel-frame.js';
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
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" shadow="md" width={420} trapFocus returnFocus>
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

/** The inputs shown one by one; window, zone and moment have lines of their own. */
const inputNames: Readonly<Record<string, MessageKey>> = {
  pipelineId: 'explain.input.pipelineId',
  sellerId: 'explain.input.sellerId',
  stageId: 'explain.input.stageId',
  fromStageId: 'explain.input.fromStageId',
  toStageId: 'explain.input.toStageId',
  definition: 'explain.input.definition',
  horizonDays: 'explain.input.horizonDays',
};

function inputText(frame: FunnelFrame, name: string, value: string, t: Translate): string {
  const stage = frame.pipeline.stages.find((each) => each.stageId === value);
  if (name.endsWith('tageId') && stage !== undefined) return `${stage.name} (${value})`;
  if (name === 'pipelineId') return `${frame.pipeline.name} (${value})`;
  if (name !== 'sellerId') return value;
  if (value === 'all') return t('seller.all');
  const seller = frame.sellers.find((each) => each.sellerId === value);
  return sellerName(seller ?? { sellerId: value, name: null }, t);
}

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
  const rate = data.step?.rate;
  const lines: { name: string; value: string }[] = [
    { name: t('explain.value'), value: formatCount(data.value) },
    ...(rate === undefined || rate.n === 0 ? [] : [{ name: t('explain.rate'), value: rateText(rate, language, t) }]),
    ...data.inputs.flatMap((input) => {
      const name = inputNames[input.name];
      if (name === undefined || input.value === null) return [];
      return [{ name: t(name), value: inputText(frame, input.name, input.value, t) }];
    }),
    ...(data.basis.window === null
      ? []
      : [
          {
            name: t('explain.window'),
            value: `[${formatInstantExact(data.basis.window.from, data.basis.window.zone, language)}; ${formatInstantExact(data.basis.window.to, data.basis.window.zone, language)}) ${data.basis.window.zone}`,
          },
        ]),
    {
      name: t('explain.asOf'),
      value: `${formatInstantExact(data.basis.asOf.at, zone, language)}, ${t('explain.position', { position: data.basis.asOf.position })}`,
    },
    { name: t('explain.version'), value: data.basis.version },
  ];
  return (
    <div className={classes.text} tabIndex={-1}>
      <p className={classes.definition}>{definitionText(data.textKey, t) ?? data.definition}</p>
      <dl className={classes.inputs}>
        {lines.map((line) => (
          <div key={line.name}>
            <dt>{line.name}</dt>
            <dd>{line.value}</dd>
          </div>
        ))}
      </dl>
      <h3 className={classes.subtitle}>{t('explain.events')}</h3>
      {data.sampleEvents.length === 0 ? (
        <p className={classes.none}>{t('explain.noEvents')}</p>
      ) : (
        <ul className={classes.events}>
          {data.sampleEvents.map((event, at) => (
            <li key={`${event.eventId ?? event.id} ${at}`}>
              <button
                type="button"
                className={classes.event}
                onClick={() =>
                  void navigate({
                    search: (before) => ({ ...before, record: recordKey(event.kind, event.id) }),
                    resetScroll: false,
                  })
                }
              >
                <span>{formatInstantExact(event.at, zone, language)}</span>
                <span>{recordTitle({ ...event, title: null }, t, false)}</span>
                {event.eventId !== null && <code className={classes.id}>{event.eventId}</code>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function rateText(rate: Rate, language: Language, t: Translate): string {
  const size = `n = ${formatCount(rate.n)}`;
  if (rate.tooFew || rate.share === null || rate.low === null || rate.high === null) {
    return `${t('rate.tooFew')}, ${size}`;
  }
  return `${formatPercent(rate.share, language)} ${formatInterval(rate.low, rate.high, language)}, ${size}`;
}
