import type { ReactNode } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { Count, RateFigure } from './figure.js';
import { placeOf } from './funnel-frame.js';
import type { FunnelFrame } from './funnel-frame.js';
import { LEFT_THE_PIPELINE } from './funnel-search.js';
import { StageName } from './stage-names.js';
import { useFunnelTransitions } from './use-funnel.js';
import { usePeriodText } from './use-period-text.js';

/** Where objects went when they left a stage: every row adds up to all its exits. */
export function TransitionsPanel({ frame, badge }: { frame: FunnelFrame; badge: ReactNode }) {
  const { t } = useSpeech();
  const periodText = usePeriodText();
  const query = useFunnelTransitions(frame.portalId, placeOf(frame), frame.period);
  const { data } = query;
  return (
    <Panel
      title={t('transitions.title')}
      note={`${t('definition.is', { definition: t('definition.transition') })} · ${t('transitions.window', { window: periodText(frame.period) })}`}
      aside={badge}
      flush
    >
      {data === undefined ? (
        query.isError ? (
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        ) : (
          <TableSkeleton />
        )
      ) : data.rows.every((row) => row.exits === 0) ? (
        <EmptyState title={t('empty.transitions')} />
      ) : (
        <DataTable label={t('transitions.title')}>
          <thead>
            <tr>
              <th scope="col">{t('transitions.from')}</th>
              <th scope="col">{t('transitions.exits')}</th>
              <th scope="col" data-left>
                {t('transitions.to')}
              </th>
              <th scope="col">{t('transitions.moves')}</th>
              <th scope="col">{t('rate.title')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => {
              const stageOf = (stageId: string) => data.stages.find((stage) => stage.stageId === stageId);
              const from = stageOf(row.fromStageId);
              const fromName = from?.name ?? row.fromStageId;
              return row.destinations
                .filter((each) => each.rate.converted > 0)
                .map((each, at) => {
                  const to = each.toStageId === null ? undefined : stageOf(each.toStageId);
                  const toName = each.toStageId === null ? t('transitions.left') : (to?.name ?? each.toStageId);
                  const target = {
                    figure: 'transitions.exits',
                    stage: row.fromStageId,
                    toStage: each.toStageId ?? LEFT_THE_PIPELINE,
                  } as const;
                  const label = `${fromName} → ${toName}`;
                  const exits = { figure: 'transitions.exits', stage: row.fromStageId } as const;
                  return (
                    <tr key={`${row.fromStageId} ${each.toStageId ?? ''}`}>
                      <th scope="row">{at === 0 && (from === undefined ? fromName : <StageName stage={from} />)}</th>
                      <td>
                        {at === 0 && (
                          <Count target={exits} value={row.exits} label={`${fromName}, ${t('transitions.exits')}`} />
                        )}
                      </td>
                      <td data-left>{to === undefined ? toName : <StageName stage={to} />}</td>
                      <td>
                        <Count target={target} value={each.rate.converted} label={label} isRow />
                      </td>
                      <td>
                        <RateFigure rate={each.rate} converted={target} matured={exits} label={label} />
                      </td>
                    </tr>
                  );
                });
            })}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}
