import { SegmentedControl, Skeleton } from '@mantine/core';
import { Suspense, lazy, useState } from 'react';
import { addDays, addMonths, dayIn, formatMonthShort } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { FreshnessBadge } from '../portals/freshness-badge.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { ErrorState } from '../ui/states.js';
import { annotationText } from './annotation-text.js';
import { Count, FigureScope, Money } from './figure.js';
import { placeOf } from './funnel-frame.js';
import type { FunnelFrame } from './funnel-frame.js';
import { monthFigures, monthsBetween } from './months.js';
import type { MonthFigures } from './months.js';
import { StageName } from './stage-names.js';
import type { StageRef } from './stage-names.js';
import { useAnnotations, useFunnelMonths } from './use-funnel.js';
import classes from './funnel-page.module.css';

const TrendChart = lazy(() => import('./trend-chart.js'));

const MONTHS_SHOWN = 12;

type MonthsPanelProps = { frame: FunnelFrame; stages: readonly StageRef[]; currency: string };

/** Twelve months up to the period: entries by stage, wins and money; as charts or as a table. */
export function MonthsPanel({ frame, stages, currency }: MonthsPanelProps) {
  const { t } = useSpeech();
  const [shape, setShape] = useState<'charts' | 'table'>('charts');
  const to = addMonths(addDays(frame.period.to, -1).slice(0, 7), 1);
  const from = addMonths(to, -MONTHS_SHOWN);
  const query = useFunnelMonths(frame.portalId, placeOf(frame), { from, to });
  const annotations = useAnnotations(frame.portalId, frame.pipeline.pipelineId, { from: `${from}-01`, to: `${to}-01` });
  const months = query.data && monthFigures(query.data, monthsBetween(from, to), frame.seller);
  const isTable = shape === 'table';
  return (
    <Panel
      title={t('months.title')}
      note={t('months.note')}
      flush={isTable}
      aside={
        <>
          <FreshnessBadge portal={frame.portal} asOf={query.data?.basis.asOf} />
          <SegmentedControl
            size="xs"
            value={shape}
            onChange={(value) => setShape(value === 'table' ? 'table' : 'charts')}
            data={[
              { value: 'charts', label: t('months.charts') },
              { value: 'table', label: t('months.table') },
            ]}
            aria-label={t('months.shape')}
          />
        </>
      }
    >
      {months === undefined ? (
        query.isError ? (
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        ) : (
          <Skeleton height={240} />
        )
      ) : isTable ? (
        <FigureScope value={['months', frame.pipeline.pipelineId, frame.seller].join('|')}>
          <MonthsTable months={months} stages={stages} currency={currency} />
        </FigureScope>
      ) : (
        <Suspense fallback={<Skeleton height={240} />}>
          <TrendChart
            months={months}
            stages={stages}
            currency={currency}
            marks={(annotations.data ?? []).map((each) => ({
              month: dayIn(each.at, frame.portal?.zone ?? 'UTC').slice(0, 7),
              text: annotationText(each, t),
            }))}
          />
        </Suspense>
      )}
      {!isTable && (annotations.data ?? []).length > 0 && (
        <p className={classes.chartNote}>{t('months.annotations', { n: (annotations.data ?? []).length })}</p>
      )}
    </Panel>
  );
}

function MonthsTable({
  months,
  stages,
  currency,
}: { months: readonly MonthFigures[] } & Omit<MonthsPanelProps, 'frame'>) {
  const { t, language } = useSpeech();
  return (
    <DataTable label={t('months.title')}>
      <thead>
        <tr>
          <th scope="col">{t('months.month')}</th>
          <th scope="col">{t('flow.created')}</th>
          {stages.map((stage) => (
            <th scope="col" key={stage.stageId}>
              <StageName stage={{ ...stage, meaning: null }} />
            </th>
          ))}
          <th scope="col">{t('flow.wonAmount')}</th>
          <th scope="col">{t('flow.lost')}</th>
        </tr>
      </thead>
      <tbody>
        {months.map((figures) => {
          const name = formatMonthShort(figures.month, language);
          const at = figures.month;
          return (
            <tr key={at}>
              <th scope="row">{name}</th>
              <td>
                <Count
                  target={{ figure: 'flow.created', at }}
                  value={figures.created}
                  label={`${name}, ${t('flow.created')}`}
                  isRow
                />
              </td>
              {stages.map((stage) => (
                <td key={stage.stageId}>
                  <Count
                    target={{ figure: 'flow.entries', at, stage: stage.stageId }}
                    value={figures.entries.get(stage.stageId) ?? 0}
                    label={`${name}, ${t('flow.entriesOf', { stage: stage.name })}`}
                  />
                </td>
              ))}
              <td>
                <Money
                  target={{ figure: 'flow.won', at }}
                  kopecks={figures.wonAmountKopecks.toString()}
                  currency={currency}
                  label={`${name}, ${t('flow.wonAmount')}`}
                />
              </td>
              <td>
                <Count target={{ figure: 'flow.lost', at }} value={figures.lost} label={`${name}, ${t('flow.lost')}`} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </DataTable>
  );
}
