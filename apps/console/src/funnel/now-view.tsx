import type { FunnelNow, Standing } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { useWhen } from '../moment/use-when.js';
import { FreshnessBadge } from '../portals/freshness-badge.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { BarsSkeleton, EmptyState, ErrorState } from '../ui/states.js';
import { Count, FigureScope, Money, OtherMoney } from './figure.js';
import type { FigureTarget } from './figure.js';
import { pastOf, placeOf, sellerName } from './funnel-frame.js';
import type { FunnelFrame } from './funnel-frame.js';
import { SellerLink } from './seller-link.js';
import { StageBars } from './stage-bars.js';
import type { StageBar } from './stage-bars.js';
import { StageMeaning } from './stage-meaning.js';
import { StageName, stageTypeName } from './stage-names.js';
import { Tiles } from './tiles.js';
import { useFunnelNow } from './use-funnel.js';
import classes from './funnel-page.module.css';

/** What stands in each stage at this moment. */
export function NowView({ frame }: { frame: FunnelFrame }) {
  const { t } = useSpeech();
  const when = useWhen();
  const now = useFunnelNow(frame.portalId, placeOf(frame));
  if (now.data === undefined) {
    return (
      <Panel title={t('now.chart', { when })} flush>
        {now.isError ? <ErrorState error={now.error} retry={() => void now.refetch()} /> : <BarsSkeleton />}
      </Panel>
    );
  }
  return (
    <div className={classes.view} data-stale={now.isPlaceholderData || undefined}>
      {now.isError && <ErrorState error={now.error} retry={() => void now.refetch()} />}
      <NowFigures frame={frame} now={now.data} />
    </div>
  );
}

function StandingTile({ standing, figure, currency }: { standing: Standing; figure: FigureTarget; currency: string }) {
  const { t } = useSpeech();
  const label = t('money.amount');
  return (
    <>
      <Money target={figure} kopecks={standing.amountKopecks} currency={currency} label={label} />
      <OtherMoney sums={standing.otherCurrencies} target={figure} label={label} />
    </>
  );
}

function NowFigures({ frame, now }: { frame: FunnelFrame; now: FunnelNow }) {
  const { t } = useSpeech();
  const when = useWhen();
  const { basis } = now;
  const { currency } = basis;
  const scope = ['now', basis.pipelineId, basis.seller, pastOf(basis.asOf)].join('|');
  const badge = <FreshnessBadge portal={frame.portal} asOf={basis.asOf} />;
  const total = now.stages.reduce((sum, stage) => sum + stage.standing.count, 0);
  // Finished objects pile up over the years: on one scale with the open ones they would hide them.
  const barsOf = (isWanted: (stage: FunnelNow['stages'][number]) => boolean): StageBar[] =>
    now.stages
      .filter((stage) => isWanted(stage) && (!stage.removed || stage.standing.count > 0))
      .map((stage) => {
        const target = { figure: 'now.standing', stage: stage.stageId } as const;
        return {
          stage,
          size: stage.standing.count,
          figure: (
            <Count target={target} value={stage.standing.count} label={t('now.inStage', { stage: stage.name })} isRow />
          ),
          detail: <StandingTile standing={stage.standing} figure={target} currency={currency} />,
        };
      });
  return (
    <FigureScope value={scope}>
      <Tiles
        label={t('now.tiles', { when })}
        tiles={[
          {
            label: t('now.open'),
            value: <Count target={{ figure: 'now.open' }} value={now.open.count} label={t('now.open')} />,
            detail: <StandingTile standing={now.open} figure={{ figure: 'now.open' }} currency={currency} />,
          },
          {
            label: t('now.won'),
            value: <Count target={{ figure: 'now.won' }} value={now.won.count} label={t('now.won')} />,
            detail: <StandingTile standing={now.won} figure={{ figure: 'now.won' }} currency={currency} />,
          },
          {
            label: t('now.lost'),
            value: <Count target={{ figure: 'now.lost' }} value={now.lost.count} label={t('now.lost')} />,
            detail: <StandingTile standing={now.lost} figure={{ figure: 'now.lost' }} currency={currency} />,
          },
          {
            label: t('now.apart'),
            value: (
              <>
                <Count target={{ figure: 'gone.deleted' }} value={now.deleted} label={t('now.deleted')} />
                <span className={classes.and}> / </span>
                <Count target={{ figure: 'gone.merged' }} value={now.merged} label={t('now.merged')} />
              </>
            ),
            detail: t('now.apartDetail'),
          },
        ]}
      />
      <Panel title={t('now.chart', { when })} note={t('now.note')} aside={badge}>
        {total === 0 ? (
          <EmptyState title={t('empty.now', { when })}>{t('empty.nowDetail')}</EmptyState>
        ) : (
          <>
            <StageBars
              shape="bars"
              label={t('now.chart', { when })}
              bars={barsOf((stage) => stage.semantics === 'P')}
            />
            <h3 className={classes.subtitle}>{t('now.finished')}</h3>
            <StageBars shape="bars" label={t('now.finished')} bars={barsOf((stage) => stage.semantics !== 'P')} />
          </>
        )}
      </Panel>
      <Panel title={t('now.table')} aside={badge} flush>
        <NowStages frame={frame} now={now} />
      </Panel>
      <Panel title={t('now.sellers')} note={t('seller.rule')} aside={badge} flush>
        <NowSellers now={now} />
      </Panel>
    </FigureScope>
  );
}

function NowStages({ frame, now }: { frame: FunnelFrame; now: FunnelNow }) {
  const { t } = useSpeech();
  const { currency } = now.basis;
  return (
    <DataTable label={t('now.table')}>
      <thead>
        <tr>
          <th scope="col">{t('stage.one')}</th>
          <th scope="col" data-left>
            {t('stage.type')}
          </th>
          <th scope="col" data-left>
            {t('stage.meaning')}
          </th>
          <th scope="col">{t('stage.count')}</th>
          <th scope="col">{t('money.amount')}</th>
          <th scope="col">{t('money.average')}</th>
        </tr>
      </thead>
      <tbody>
        {now.stages.map((stage) => {
          const target = { figure: 'now.standing', stage: stage.stageId } as const;
          const inBase =
            stage.standing.count - stage.standing.otherCurrencies.reduce((sum, each) => sum + each.count, 0);
          return (
            <tr key={stage.stageId}>
              <th scope="row">
                <StageName stage={{ ...stage, meaning: null }} />
              </th>
              <td data-left>{stageTypeName(stage.semantics, t)}</td>
              <td data-left>
                <StageMeaning portalId={frame.portalId} pipelineId={now.basis.pipelineId} stage={stage} />
              </td>
              <td>
                <Count
                  target={target}
                  value={stage.standing.count}
                  label={t('now.inStage', { stage: stage.name })}
                  isRow
                />
              </td>
              <td>
                <StandingTile standing={stage.standing} figure={target} currency={currency} />
              </td>
              <td>
                {inBase > 0 ? (
                  <Money
                    target={target}
                    kopecks={(BigInt(stage.standing.amountKopecks) / BigInt(inBase)).toString()}
                    currency={currency}
                    label={`${t('money.average')}, ${t('now.inStage', { stage: stage.name })}`}
                  />
                ) : (
                  '—'
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </DataTable>
  );
}

function NowSellers({ now }: { now: FunnelNow }) {
  const { t } = useSpeech();
  const { currency } = now.basis;
  const shown = now.stages.filter((stage) => stage.semantics === 'P' && (!stage.removed || stage.standing.count > 0));
  if (now.sellers.length === 0) return <EmptyState title={t('empty.sellers')} />;
  return (
    <DataTable label={t('now.sellers')}>
      <thead>
        <tr>
          <th scope="col">{t('seller.one')}</th>
          <th scope="col">{t('now.open')}</th>
          <th scope="col">{t('money.amount')}</th>
          {shown.map((stage) => (
            <th scope="col" key={stage.stageId}>
              <StageName stage={{ ...stage, meaning: null }} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {now.sellers.map((seller) => {
          const name = sellerName(seller, t);
          const byStage = new Map(seller.stages.map((each) => [each.stageId, each.standing]));
          return (
            <tr key={seller.sellerId}>
              <th scope="row">
                <SellerLink sellerId={seller.sellerId} name={name} />
              </th>
              <td>
                <Count
                  target={{ figure: 'now.open', of: seller.sellerId }}
                  value={seller.open.count}
                  label={`${name}, ${t('now.open')}`}
                  isRow
                />
              </td>
              <td>
                <Money
                  target={{ figure: 'now.open', of: seller.sellerId }}
                  kopecks={seller.open.amountKopecks}
                  currency={currency}
                  label={`${name}, ${t('money.amount')}`}
                />
                <OtherMoney
                  sums={seller.open.otherCurrencies}
                  target={{ figure: 'now.open', of: seller.sellerId }}
                  label={name}
                />
              </td>
              {shown.map((stage) => (
                <td key={stage.stageId}>
                  <Count
                    target={{ figure: 'now.standing', of: seller.sellerId, stage: stage.stageId }}
                    value={byStage.get(stage.stageId)?.count ?? 0}
                    label={`${name}, ${t('now.inStage', { stage: stage.name })}`}
                  />
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </DataTable>
  );
}
