import { ActionIcon, Button, Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Plan } from '../api/schema.js';
import { addMonths, dayIn, formatMonth } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { usePortal } from '../portals/use-portals.js';
import { useStageNames } from '../queue/use-cases.js';
import { useAccess } from '../session/use-me.js';
import { useKeys } from '../shell/keyboard.js';
import { PageHead } from '../ui/page-head.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { Tabs } from '../ui/tabs.js';
import { PaceView } from './pace-view.js';
import { PlanForm } from './plan-form.js';
import type { PlanSearch } from './plan-search.js';
import { PlanSheet } from './plan-sheet.js';
import { PlanVersions } from './plan-versions.js';
import classes from './plan-page.module.css';
import { useIndicators, usePlans } from './use-plans.js';

const route = getRouteApi('/portals/$portalId/plan');

/** Plans of a month: money as work, with what could be tried. */
export function PlanPage() {
  const { t, language } = useSpeech();
  const { portalId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const portal = usePortal(portalId);
  const { may, ownUsersIn } = useAccess();
  const mayManage = may('plans.manage', portalId);
  const month = search.month ?? dayIn(new Date(), portal?.zone ?? 'Europe/Moscow').slice(0, 7);
  const plans = usePlans(portalId, month);
  const indicators = useIndicators(portalId).data?.items;
  const [written, setWritten] = useState<'new' | 'this' | null>(null);
  const items = plans.data?.items ?? [];
  const plan =
    items.find(({ planId }) => planId === search.plan) ?? items.find(({ isWithdrawn }) => !isWithdrawn) ?? items[0];
  const set = (next: PlanSearch) => {
    setWritten(null);
    void navigate({ search: next, resetScroll: false });
  };
  const view = search.view ?? 'plan';
  const go = (count: number) => set({ month: addMonths(month, count), ...(search.view && { view: search.view }) });
  const show = (next: 'plan' | 'pace') => {
    const { view: _, ...rest } = search;
    set(next === 'pace' ? { ...rest, view: 'pace' } : rest);
  };
  useKeys({
    BracketLeft: () => go(-1),
    BracketRight: () => go(1),
    Digit1: () => show('plan'),
    Digit2: () => show('pace'),
    ...(mayManage && { KeyC: () => setWritten('new') }),
  });
  useEffect(() => {
    document.title = [t('plan.title'), portal?.name, 'Funnelwatch'].filter((part) => part !== undefined).join(' · ');
  }, [t, portal?.name]);
  const done = (planId: string | null) => {
    setWritten(null);
    if (planId !== null) set({ ...search, plan: planId });
  };
  return (
    <div className={classes.page}>
      <PageHead title={t('plan.title')} lead={t('plan.lead')}>
        <div className={classes.tools}>
          <ActionIcon variant="default" aria-label={t('plan.monthBefore')} onClick={() => go(-1)}>
            ‹
          </ActionIcon>
          <span className={classes.month}>{formatMonth(month, language)}</span>
          <ActionIcon variant="default" aria-label={t('plan.monthAfter')} onClick={() => go(1)}>
            ›
          </ActionIcon>
          {mayManage && written === null && (
            <Button size="xs" onClick={() => setWritten('new')}>
              {t('plan.new')}
            </Button>
          )}
        </div>
      </PageHead>
      {written === null && (
        <Tabs
          label={t('plan.title')}
          tabs={[
            { value: 'plan', text: t('plan.title'), key: '1' },
            { value: 'pace', text: t('pace.title'), key: '2' },
          ]}
          value={view}
          controls="plan-view"
          onChange={show}
        />
      )}
      <div id="plan-view" role="tabpanel" className={classes.view}>
        {written !== null ? (
          <PlanForm
            key={written}
            {...{ portalId, month, indicators }}
            plan={written === 'this' ? (plan ?? null) : null}
            onDone={done}
          />
        ) : view === 'pace' ? (
          <PaceView {...{ portalId, month, indicators }} zone={portal?.zone ?? 'Europe/Moscow'} />
        ) : plans.data === undefined ? (
          plans.isError ? (
            <ErrorState error={plans.error} retry={() => void plans.refetch()} />
          ) : (
            <TableSkeleton rows={8} />
          )
        ) : plan === undefined ? (
          <EmptyState title={t('plan.none', { month: formatMonth(month, language) })}>
            {t(mayManage ? 'plan.noneText' : 'plan.noneForYou')}
          </EmptyState>
        ) : (
          <>
            <div className={classes.tools}>
              {items.length > 1 && (
                <PlanChoice
                  portalId={portalId}
                  items={items}
                  plan={plan}
                  onPlan={(id) => set({ ...search, plan: id })}
                />
              )}
              {items.length === 1 && <h2 className={classes.title}>{plan.versions.at(-1)?.content.name}</h2>}
              {mayManage && !plan.isWithdrawn && (
                <Button size="xs" variant="default" onClick={() => setWritten('this')}>
                  {t('plan.edit')}
                </Button>
              )}
            </div>
            <PlanSheet
              key={plan.planId}
              {...{ portalId, plan, indicators, mayManage }}
              currency={portal?.currency ?? 'RUB'}
            />
            <PlanVersions
              {...{ portalId, plan, mayManage }}
              signer={may('plans.sign', portalId) ? (ownUsersIn(portalId)?.[0] ?? null) : null}
              hasFaults={plan.preview.figures === null}
            />
          </>
        )}
      </div>
    </div>
  );
}

type ChoiceProps = { portalId: string; items: readonly Plan[]; plan: Plan; onPlan: (planId: string) => void };

/** Which of the plans of a month is shown. */
function PlanChoice({ portalId, items, plan, onPlan }: ChoiceProps) {
  const { t } = useSpeech();
  const names = useStageNames(portalId);
  const textOf = ({ pipelineId, versions, isWithdrawn }: Plan) =>
    [
      versions.at(-1)?.content.name,
      pipelineId === null ? t('plan.allPipelines') : (names.get(pipelineId) ?? pipelineId),
      isWithdrawn && t('plan.withdrawnShort'),
    ]
      .filter((part) => typeof part === 'string')
      .join(' · ');
  return (
    <Select
      size="xs"
      aria-label={t('plan.which')}
      data={items.map((each) => ({ value: each.planId, label: textOf(each) }))}
      value={plan.planId}
      onChange={(value) => value !== null && onPlan(value)}
      allowDeselect={false}
    />
  );
}
