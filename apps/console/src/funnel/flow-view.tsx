import type { FlowTotals, FunnelFlow } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { FreshnessBadge } from '../portals/freshness-badge.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { BarsSkeleton, EmptyState, ErrorState } from '../ui/states.js';
import { Count, FigureScope, Money, OtherMoney, RatioFigure } from './figure.js';
import { pastOf, placeOf, sellerName } from './funnel-frame.js';
import type { FunnelFrame } from './funnel-frame.js';
import { MonthsPanel } from './months-panel.js';
import { SellerLink } from './seller-link.js';
import { StageBars } from './stage-bars.js';
import { StageName } from './stage-names.js';
import { Tiles } from './tiles.js';
import { useFunnelFlow } from './use-funnel.js';
import { usePeriodText } from './use-period-text.js';
import classes from './funnel-page.module.css';

/** What moved in the period: entries, wins, losses. */
export function FlowView({ frame }: { frame: FunnelFrame }) {
  const { t } = useSpeech();
  const flow = useFunnelFlow(frame.portalId, placeOf(frame), frame.period);
  if (flow.data === undefined) {
    return (
      <Panel title={t('flow.chart')} flush>
        {flow.isError ? <ErrorState error={flow.error} retry={() => void flow.refetch()} /> : <BarsSkeleton />}
      </Panel>
    );
  }
  return (
    <div className={classes.view} data-stale={flow.isPlaceholderData || undefined}>
      {flow.isError && <ErrorState error={flow.error} retry={() => void flow.refetch()} />}
      <FlowFigures frame={frame} flow={flow.data} />
    </div>
  );
}

function WonMoney({ totals, currency, of }: { totals: FlowTotals; currency: string; of?: string }) {
  const { t } = useSpeech();
  const target = { figure: 'flow.won', ...(of === undefined ? {} : { of }) } as const;
  return (
    <>
      <Money target={target} kopecks={totals.wonAmountKopecks} currency={currency} label={t('flow.wonAmount')} />
      <OtherMoney sums={totals.wonOtherCurrencies} target={target} label={t('flow.wonAmount')} />
    </>
  );
}

function FlowFigures({ frame, flow }: { frame: FunnelFrame; flow: FunnelFlow }) {
  const { t } = useSpeech();
  const periodText = usePeriodText();
  const { basis, totals } = flow;
  const scope = ['flow', basis.pipelineId, basis.seller, basis.window?.from, basis.window?.to, pastOf(basis.asOf)].join(
    '|',
  );
  const badge = <FreshnessBadge portal={frame.portal} asOf={basis.asOf} />;
  const window = periodText(frame.period);
  const ranked = flow.stages.filter((stage) => stage.rank !== null && (!stage.removed || stage.visits > 0));
  const isEmpty = flow.stages.every((stage) => stage.visits === 0);
  return (
    <FigureScope value={scope}>
      <Tiles
        label={t('flow.tiles')}
        tiles={[
          {
            label: t('flow.created'),
            value: <Count target={{ figure: 'flow.created' }} value={totals.created} label={t('flow.created')} />,
          },
          {
            label: t('flow.won'),
            value: <Count target={{ figure: 'flow.won' }} value={totals.won} label={t('flow.won')} />,
          },
          { label: t('flow.wonAmount'), value: <WonMoney totals={totals} currency={basis.currency} /> },
          {
            label: t('flow.lost'),
            value: <Count target={{ figure: 'flow.lost' }} value={totals.lost} label={t('flow.lost')} />,
          },
          {
            label: t('flow.rollbacks'),
            value: <Count target={{ figure: 'flow.rollbacks' }} value={totals.rollbacks} label={t('flow.rollbacks')} />,
          },
          {
            label: t('flow.reopened'),
            value: <Count target={{ figure: 'flow.reopened' }} value={totals.reopened} label={t('flow.reopened')} />,
          },
          {
            label: t('flow.left'),
            value: <Count target={{ figure: 'flow.left' }} value={totals.left} label={t('flow.left')} />,
          },
        ]}
      />
      <Panel title={t('flow.chart')} note={t('flow.note', { window })} aside={badge}>
        {isEmpty ? (
          <EmptyState title={t('empty.flow')}>{t('empty.flowDetail')}</EmptyState>
        ) : (
          <StageBars
            shape="bars"
            label={t('flow.chart')}
            bars={ranked.map((stage) => ({
              stage,
              size: stage.entries,
              figure: (
                <Count
                  target={{ figure: 'flow.entries', stage: stage.stageId }}
                  value={stage.entries}
                  label={t('flow.entriesOf', { stage: stage.name })}
                  isRow
                />
              ),
              step: stage.toNext !== null && (
                <>
                  <span aria-hidden>↓ </span>
                  <RatioFigure ratio={stage.toNext} label={stage.name} />{' '}
                  <span className={classes.faint}>{t('ratio.name')}</span>
                </>
              ),
            }))}
          />
        )}
      </Panel>
      <Panel title={t('flow.table')} note={t('ratio.note')} aside={badge} flush>
        <FlowStages flow={flow} />
      </Panel>
      <Panel title={t('flow.sellers')} note={t('seller.rule')} aside={badge} flush>
        <FlowSellers flow={flow} />
      </Panel>
      <MonthsPanel frame={frame} stages={ranked} currency={basis.currency} />
    </FigureScope>
  );
}

function FlowStages({ flow }: { flow: FunnelFlow }) {
  const { t } = useSpeech();
  return (
    <DataTable label={t('flow.table')}>
      <thead>
        <tr>
          <th scope="col">{t('stage.one')}</th>
          <th scope="col">{t('flow.entries')}</th>
          <th scope="col">{t('flow.visits')}</th>
          <th scope="col">{t('ratio.toNext')}</th>
        </tr>
      </thead>
      <tbody>
        {flow.stages.map((stage) => (
          <tr key={stage.stageId}>
            <th scope="row">
              <StageName stage={stage} />
            </th>
            <td>
              <Count
                target={{ figure: 'flow.entries', stage: stage.stageId }}
                value={stage.entries}
                label={t('flow.entriesOf', { stage: stage.name })}
                isRow
              />
            </td>
            <td>
              <Count
                target={{ figure: 'flow.visits', stage: stage.stageId }}
                value={stage.visits}
                label={t('flow.visitsOf', { stage: stage.name })}
              />
            </td>
            <td>
              <RatioFigure ratio={stage.toNext} label={stage.name} />
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function FlowSellers({ flow }: { flow: FunnelFlow }) {
  const { t } = useSpeech();
  const ranked = flow.stages.filter((stage) => stage.semantics === 'P' && (!stage.removed || stage.visits > 0));
  if (flow.sellers.length === 0) return <EmptyState title={t('empty.sellers')} />;
  return (
    <DataTable label={t('flow.sellers')}>
      <thead>
        <tr>
          <th scope="col">{t('seller.one')}</th>
          <th scope="col">{t('flow.created')}</th>
          {ranked.map((stage) => (
            <th scope="col" key={stage.stageId}>
              <StageName stage={{ ...stage, meaning: null }} />
            </th>
          ))}
          <th scope="col">{t('flow.won')}</th>
          <th scope="col">{t('flow.wonAmount')}</th>
          <th scope="col">{t('flow.lost')}</th>
        </tr>
      </thead>
      <tbody>
        {flow.sellers.map((seller) => {
          const name = sellerName(seller, t);
          const of = seller.sellerId;
          const entries = new Map(seller.stages.map((each) => [each.stageId, each.entries]));
          return (
            <tr key={of}>
              <th scope="row">
                <SellerLink sellerId={of} name={name} />
              </th>
              <td>
                <Count
                  target={{ figure: 'flow.created', of }}
                  value={seller.created}
                  label={`${name}, ${t('flow.created')}`}
                  isRow
                />
              </td>
              {ranked.map((stage) => (
                <td key={stage.stageId}>
                  <Count
                    target={{ figure: 'flow.entries', of, stage: stage.stageId }}
                    value={entries.get(stage.stageId) ?? 0}
                    label={`${name}, ${t('flow.entriesOf', { stage: stage.name })}`}
                  />
                </td>
              ))}
              <td>
                <Count target={{ figure: 'flow.won', of }} value={seller.won} label={`${name}, ${t('flow.won')}`} />
              </td>
              <td>
                <WonMoney totals={seller} currency={flow.basis.currency} of={of} />
              </td>
              <td>
                <Count target={{ figure: 'flow.lost', of }} value={seller.lost} label={`${name}, ${t('flow.lost')}`} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </DataTable>
  );
}
