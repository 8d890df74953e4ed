import type { CohortStep, FunnelCohort } from '../api/schema.js';
import { formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { FreshnessBadge } from '../portals/freshness-badge.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { BarsSkeleton, EmptyState, ErrorState } from '../ui/states.js';
import { Count, Figure, FigureScope, RateFigure } from './figure.js';
import type { FigureTarget } from './figure.js';
import { horizonOf, pastOf, placeOf, sellerName } from './funnel-frame.js';
import type { FunnelFrame } from './funnel-frame.js';
import { SellerLink } from './seller-link.js';
import { StageBars } from './stage-bars.js';
import { Tiles } from './tiles.js';
import { TransitionsPanel } from './transitions-panel.js';
import { useFunnelCohort } from './use-funnel.js';
import { usePeriodText } from './use-period-text.js';
import classes from './funnel-page.module.css';

/** How far those got who came in during the period, each followed for the same time. */
export function CohortView({ frame }: { frame: FunnelFrame }) {
  const { t } = useSpeech();
  const { definition = 'reached' } = frame.search;
  const cohort = useFunnelCohort(frame.portalId, placeOf(frame), frame.period, {
    definition: definition === 'transition' ? 'reached' : definition,
    horizonDays: horizonOf(frame.search),
  });
  if (cohort.data === undefined) {
    return (
      <Panel title={t('cohort.chart')} flush>
        {cohort.isError ? <ErrorState error={cohort.error} retry={() => void cohort.refetch()} /> : <BarsSkeleton />}
      </Panel>
    );
  }
  return (
    <div className={classes.view} data-stale={cohort.isPlaceholderData || undefined}>
      {cohort.isError && <ErrorState error={cohort.error} retry={() => void cohort.refetch()} />}
      <CohortFigures frame={frame} cohort={cohort.data} isTransition={definition === 'transition'} />
    </div>
  );
}

const definitionTexts = {
  reached: 'definition.reached',
  strict: 'definition.strict',
  touched: 'definition.touched',
  transition: 'definition.transition',
} as const satisfies Record<string, MessageKey>;

/** `достигнуто · пришли за март 2026 · горизонт 30 дней` */
function useRuleText() {
  const { t } = useSpeech();
  const periodText = usePeriodText();
  return (frame: FunnelFrame, definition: keyof typeof definitionTexts) => {
    const horizon = horizonOf(frame.search);
    return [
      t('definition.is', { definition: t(definitionTexts[definition]) }),
      t('cohort.window', { window: periodText(frame.period) }),
      horizon === 'none' ? t('horizon.none') : t('horizon.days', { n: horizon }),
    ].join(' · ');
  };
}

function CohortFigures({
  frame,
  cohort,
  isTransition,
}: {
  frame: FunnelFrame;
  cohort: FunnelCohort;
  isTransition: boolean;
}) {
  const { t, language } = useSpeech();
  const ruleText = useRuleText();
  const { basis, chain } = cohort;
  const scope = [
    'cohort',
    basis.pipelineId,
    basis.seller,
    basis.window?.from,
    basis.window?.to,
    cohort.definition,
    cohort.horizonDays,
    pastOf(basis.asOf),
  ].join('|');
  const badge = <FreshnessBadge portal={frame.portal} asOf={basis.asOf} />;
  const stages = new Map(cohort.stages.map((stage) => [stage.stageId, stage]));
  const first = chain.stages[0];
  const last = chain.stages.at(-1);
  const chainTarget = (figure: 'population' | 'counted' | 'immature' | 'censored') => ({
    figure: `chain.${figure}` as const,
    stage: first?.stageId,
    toStage: last?.stageId,
  });
  const reachedTarget = (stageId: string): FigureTarget =>
    stageId === first?.stageId
      ? chainTarget('counted')
      : { figure: 'chain.reached', stage: first?.stageId, toStage: stageId };
  const nameOf = (stageId: string) => stages.get(stageId)?.name ?? stageId;
  return (
    <FigureScope value={scope}>
      <Tiles
        label={t('cohort.tiles')}
        tiles={[
          {
            label: t('cohort.population'),
            value: <Count target={chainTarget('population')} value={chain.population} label={t('cohort.population')} />,
            detail: t('cohort.populationDetail'),
          },
          {
            label: t('cohort.matured'),
            value: <Count target={chainTarget('counted')} value={chain.n} label={t('cohort.matured')} />,
            detail: t('cohort.maturedDetail'),
          },
          {
            label: t('cohort.immature'),
            value: <Count target={chainTarget('immature')} value={chain.immature} label={t('cohort.immature')} />,
            detail: t('cohort.immatureDetail'),
          },
          {
            label: t('cohort.censored'),
            value: <Count target={chainTarget('censored')} value={chain.censored} label={t('cohort.censored')} />,
            detail: t('cohort.censoredDetail'),
          },
          ...(last === undefined
            ? []
            : [
                {
                  label: t('cohort.toWon'),
                  value: <Count target={reachedTarget(last.stageId)} value={last.reached} label={t('cohort.toWon')} />,
                  detail: (
                    <RateFigure
                      rate={last.overall}
                      converted={reachedTarget(last.stageId)}
                      matured={chainTarget('counted')}
                      label={t('cohort.toWon')}
                    />
                  ),
                },
              ]),
        ]}
      />
      <Panel
        title={t('cohort.chart')}
        note={
          <>
            {ruleText(frame, 'reached')}
            <br />
            {t('cohort.chainNote')}
          </>
        }
        aside={badge}
      >
        {chain.n === 0 ? (
          <EmptyState title={t('empty.cohort')}>
            {chain.immature > 0 ? t('empty.cohortImmature', { n: chain.immature }) : t('empty.cohortDetail')}
          </EmptyState>
        ) : (
          <StageBars
            shape="funnel"
            label={t('cohort.chart')}
            bars={chain.stages.map((stage, at) => {
              const next = chain.stages[at + 1];
              const reached = reachedTarget(stage.stageId);
              return {
                stage: stages.get(stage.stageId) ?? unknownStage(stage.stageId),
                size: stage.reached,
                figure: (
                  <Count
                    target={reached}
                    value={stage.reached}
                    label={t('cohort.reachedOf', { stage: nameOf(stage.stageId) })}
                    isRow
                  />
                ),
                detail:
                  at === 0 ? undefined : (
                    <RateFigure
                      rate={stage.overall}
                      converted={reached}
                      matured={chainTarget('counted')}
                      label={t('cohort.overallOf', { stage: nameOf(stage.stageId) })}
                    />
                  ),
                step:
                  next?.step == null ? undefined : next.step.tooFew || next.step.share === null ? (
                    t('rate.tooFew')
                  ) : (
                    <Figure
                      target={reachedTarget(next.stageId)}
                      value={next.step.share}
                      label={t('cohort.stepOf', { from: nameOf(stage.stageId), to: nameOf(next.stageId) })}
                    >
                      <span aria-hidden>↓ </span>
                      {formatPercent(next.step.share, language)}
                    </Figure>
                  ),
              };
            })}
          />
        )}
      </Panel>
      {isTransition ? (
        <TransitionsPanel frame={frame} badge={badge} />
      ) : (
        <>
          <Panel title={t('cohort.steps')} note={ruleText(frame, cohort.definition)} aside={badge} flush>
            <CohortSteps cohort={cohort} nameOf={nameOf} />
          </Panel>
          <Panel
            title={t('cohort.sellers')}
            note={`${ruleText(frame, cohort.definition)} · ${t('seller.rule')}`}
            aside={badge}
            flush
          >
            <CohortSellers cohort={cohort} nameOf={nameOf} />
          </Panel>
        </>
      )}
    </FigureScope>
  );
}

/** A stage that the configuration no longer tells anything about. */
function unknownStage(stageId: string) {
  return { stageId, name: stageId, semantics: 'P', rank: null, removed: true, meaning: null } as const;
}

/** The step from the first stage to the win, unless it is the only step anyway. */
function overallOf(figures: { steps: CohortStep[]; overall: CohortStep | null }): CohortStep[] {
  return figures.overall === null || figures.steps.length < 2 ? [] : [figures.overall];
}

type NameOf = (stageId: string) => string;

function targetOf(
  step: CohortStep,
  figure: 'population' | 'counted' | 'converted' | 'immature' | 'censored',
  of?: string,
) {
  return {
    figure: `cohort.${figure}`,
    stage: step.fromStageId,
    toStage: step.toStageId,
    ...(of === undefined ? {} : { of }),
  } as const;
}

function CohortSteps({ cohort, nameOf }: { cohort: FunnelCohort; nameOf: NameOf }) {
  const { t } = useSpeech();
  if (cohort.steps.length === 0) return <EmptyState title={t('empty.cohort')} />;
  return (
    <DataTable label={t('cohort.steps')}>
      <thead>
        <tr>
          <th scope="col">{t('cohort.step')}</th>
          <th scope="col">{t('cohort.population')}</th>
          <th scope="col">{t('cohort.converted')}</th>
          <th scope="col">{t('rate.title')}</th>
          <th scope="col">{t('cohort.immature')}</th>
          <th scope="col">{t('cohort.censored')}</th>
        </tr>
      </thead>
      <tbody>
        {[...cohort.steps, ...overallOf(cohort)].map((step) => {
          const label = t('cohort.stepOf', { from: nameOf(step.fromStageId), to: nameOf(step.toStageId) });
          return (
            <tr key={`${step.fromStageId} ${step.toStageId}`}>
              <th scope="row" title={label}>
                {nameOf(step.fromStageId)} → {nameOf(step.toStageId)}
              </th>
              <td>
                <Count
                  target={targetOf(step, 'population')}
                  value={step.population}
                  label={`${label}, ${t('cohort.population')}`}
                  isRow
                />
              </td>
              <td>
                <Count
                  target={targetOf(step, 'converted')}
                  value={step.rate.converted}
                  label={`${label}, ${t('cohort.converted')}`}
                />
              </td>
              <td>
                <RateFigure
                  rate={step.rate}
                  converted={targetOf(step, 'converted')}
                  matured={targetOf(step, 'counted')}
                  label={label}
                />
              </td>
              <td>
                <Count
                  target={targetOf(step, 'immature')}
                  value={step.immature}
                  label={`${label}, ${t('cohort.immature')}`}
                />
              </td>
              <td>
                <Count
                  target={targetOf(step, 'censored')}
                  value={step.censored}
                  label={`${label}, ${t('cohort.censored')}`}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </DataTable>
  );
}

function CohortSellers({ cohort, nameOf }: { cohort: FunnelCohort; nameOf: NameOf }) {
  const { t } = useSpeech();
  if (cohort.sellers.length === 0) return <EmptyState title={t('empty.sellers')} />;
  const columns = [...cohort.steps, ...overallOf(cohort)];
  return (
    <DataTable label={t('cohort.sellers')}>
      <thead>
        <tr>
          <th scope="col">{t('seller.one')}</th>
          {columns.map((step) => (
            <th scope="col" key={`${step.fromStageId} ${step.toStageId}`}>
              {nameOf(step.fromStageId)} → {nameOf(step.toStageId)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cohort.sellers.map((seller) => {
          const name = sellerName(seller, t);
          const byStep = new Map(
            [...seller.steps, ...overallOf(seller)].map((step) => [`${step.fromStageId} ${step.toStageId}`, step]),
          );
          return (
            <tr key={seller.sellerId}>
              <th scope="row">
                <SellerLink sellerId={seller.sellerId} name={name} />
              </th>
              {columns.map((column) => {
                const key = `${column.fromStageId} ${column.toStageId}`;
                const step = byStep.get(key);
                return (
                  <td key={key}>
                    {step === undefined ? (
                      '—'
                    ) : (
                      <RateFigure
                        rate={step.rate}
                        converted={targetOf(step, 'converted', seller.sellerId)}
                        matured={targetOf(step, 'counted', seller.sellerId)}
                        label={`${name}, ${t('cohort.stepOf', { from: nameOf(step.fromStageId), to: nameOf(step.toStageId) })}`}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </DataTable>
  );
}
