import { Button, MultiSelect, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Indicator, Plan } from '../api/schema.js';
import { SellersSelect } from '../funnel/sellers-select.js';
import { useSellers } from '../funnel/use-funnel.js';
import { formatCount, formatMoney } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { usePipelineStages } from '../queue/use-cases.js';
import { Panel } from '../ui/panel.js';
import { draftOf } from './draft-of-plan.js';
import { PlanChain } from './plan-chain.js';
import { contentOf, indicatorOf, nothingTried, type PlanDraft, stepOfActivity, unreadable } from './plan-draft.js';
import { PlanSheetDialog } from './plan-sheet-dialog.js';
import { Findings } from './plan-sheet.js';
import classes from './plan-page.module.css';
import { SellerDays } from './seller-days.js';
import { useConversionBase, useManagePlans, usePace, usePlanPreview } from './use-plans.js';

/** Fields of a draft that somebody types. */
type TextName = {
  [Name in keyof PlanDraft]: string extends PlanDraft[Name] ? Name : never;
}[keyof PlanDraft];

type FormProps = {
  portalId: string;
  month: string;
  /** What is written over; null for a new one. */
  plan: Plan | null;
  indicators: readonly Indicator[] | undefined;
  onDone: (planId: string | null) => void;
};

/** Writes a plan: the money, what it is made of, whom it binds; with what it comes to beside it. */
export function PlanForm({ portalId, month, plan, indicators, onDone }: FormProps) {
  const { t, language } = useSpeech();
  const manage = useManagePlans(portalId, month);
  const pipelines = (usePipelineStages(portalId).data?.items ?? []).filter(
    ({ kind, removed }) => kind === 'deal' && !removed,
  );
  const sellers = useSellers(portalId).data ?? [];
  const [draft, setDraft] = useState<PlanDraft>(() => draftOf(plan, month, language));
  const [isFromSheet, setFromSheet] = useState(false);
  const change = (part: Partial<PlanDraft>) => setDraft({ ...draft, ...part });
  const pipelineId = draft.pipelineId || (pipelines[0]?.pipelineId ?? '');
  const horizon = draft.horizonDays.trim();
  const isGiven = draft.method === 'given';
  const base = useConversionBase(
    portalId,
    pipelineId === '' || draft.from >= draft.to
      ? null
      : {
          // What was given is held against the deals of the window all the same.
          ...{
            pipeline: pipelineId,
            from: draft.from,
            to: draft.to,
            method: draft.method === 'given' ? 'cohort' : draft.method,
          },
          horizonDays: horizon === '' || draft.method !== 'cohort' ? null : Number(horizon),
        },
  );
  // What is done comes before what deals reach by it.
  const activities = base.data?.activities ?? [];
  const stages = [
    ...activities.map((one) => ({
      stageId: stepOfActivity(one),
      name: t(`plan.activity.${one.activity}`),
      reached: one.done,
    })),
    ...(base.data?.stages ?? []).slice(0, -1),
  ];
  const workingDays = usePace(portalId, month).data?.workingDays.all;
  // A written plan knows its stages by the indicators they are.
  const isChosen = (stageId: string) =>
    draft.stageIds.includes(stageId) || draft.stageIds.includes(indicatorOf(pipelineId, stageId));
  const stageIds = stages.flatMap(({ stageId }) => (isChosen(stageId) ? [stageId] : []));
  const teams = [...new Set(sellers.flatMap(({ departmentIds }) => departmentIds))].sort();
  const teamId = draft.teamId || (teams[0] ?? '');
  const complete: PlanDraft = { ...draft, pipelineId, teamId, stageIds };
  const missing = unreadable(complete);
  const content =
    missing.length === 0 && (base.data || isGiven) && workingDays !== undefined
      ? contentOf(complete, base.data, workingDays)
      : null;
  const preview = usePlanPreview(portalId, content);
  const offered = stages.map(({ stageId, name }) => {
    const indicatorId = indicatorOf(pipelineId, stageId);
    const activity = activities.find((one) => stepOfActivity(one) === stageId);
    const measure = activity
      ? { kind: 'activity' as const, activity: activity.activity, direction: activity.direction }
      : { kind: 'stage' as const, pipelineId, stageId };
    const called = activity ? activityNames[activity.activity] : { ru: name.slice(0, 60), en: name.slice(0, 60) };
    const known = indicators?.find((each) => each.indicatorId === indicatorId);
    return (
      known ?? {
        indicatorId,
        name: called,
        measure,
        minutes: null,
        isOffered: true,
      }
    );
  });
  const named = isGiven ? indicators : offered;
  const save = () => {
    if (content === null) return;
    const wanted = new Set(content.steps.map(({ indicatorId }) => indicatorId));
    const fresh = offered.filter(
      ({ indicatorId }) => wanted.has(indicatorId) && !indicators?.some((each) => each.indicatorId === indicatorId),
    );
    const body = { month, pipelineId, teamId, content };
    manage.write.mutate(
      { planId: plan?.planId ?? null, body, indicators: fresh },
      { onSuccess: ({ planId }) => onDone(planId) },
    );
  };
  const field = (name: TextName, says: Parameters<typeof t>[0], props: object = {}) => (
    <TextInput
      size="xs"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      label={t(says)}
      value={draft[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      error={missing.includes(name) && draft[name].trim() !== '' && t('plan.unreadable')}
      {...props}
    />
  );
  const average = base.data?.averageSale ?? null;
  return (
    <>
      <Panel
        title={t(plan === null ? 'plan.new' : 'plan.edit')}
        note={t('plan.formNote')}
        aside={
          <Button size="xs" variant="default" onClick={() => setFromSheet(true)}>
            {t('sheet.open')}
          </Button>
        }
      >
        <form
          className={classes.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          {field('name', 'plan.name', { 'data-autofocus': true })}
          {field('target', 'plan.target', { inputMode: 'decimal' })}
          {field('averageSale', 'plan.averageSale', {
            inputMode: 'decimal',
            description:
              average &&
              t('plan.averageBefore', {
                sum: formatMoney(BigInt(average.kopecks), average.currency, language),
                n: average.sales,
              }),
          })}
          {field('statedSales', 'plan.statedSales', { inputMode: 'numeric' })}
          {field('margin', 'plan.margin', { inputMode: 'decimal' })}
          {field('breakEven', 'plan.breakEven', { inputMode: 'decimal' })}
          {draft.breakEven.trim() !== '' && (
            <Select
              size="xs"
              label={t('plan.breakEvenBasis')}
              data={(['unknown', 'revenue', 'margin'] as const).map((value) => ({
                value,
                label: t(`plan.basis.${value}`),
              }))}
              value={draft.breakEvenBasis}
              onChange={(value) => change({ breakEvenBasis: value ?? 'unknown' })}
              allowDeselect={false}
            />
          )}
          <Select
            size="xs"
            label={t('plan.pipeline')}
            data={pipelines.map(({ pipelineId: value, name }) => ({ value, label: name }))}
            value={pipelineId}
            onChange={(value) => change({ pipelineId: value ?? '', stageIds: [] })}
            disabled={plan !== null}
            allowDeselect={false}
          />
          {!isGiven && field('from', 'plan.windowFrom', { type: 'date' })}
          {!isGiven && field('to', 'plan.windowTo', { type: 'date' })}
          {draft.method === 'cohort' &&
            field('horizonDays', 'plan.horizon', { inputMode: 'numeric', placeholder: t('plan.toDate') })}
          <div>
            <div className={classes.soft}>{t('plan.method')}</div>
            <SegmentedControl
              size="xs"
              data={(draft.given ? (['given', 'cohort', 'period'] as const) : (['cohort', 'period'] as const)).map(
                (value) => ({ value, label: t(`plan.method.${value}`) }),
              )}
              value={draft.method}
              onChange={(method) => change({ method, stageIds: [] })}
            />
          </div>
          {draft.method === 'cohort' && (
            <div>
              <div className={classes.soft}>{t('plan.pooling')}</div>
              <SegmentedControl
                size="xs"
                data={(['pooled', 'shrunk'] as const).map((value) => ({ value, label: t(`plan.pooling.${value}`) }))}
                value={draft.pooling}
                onChange={(pooling) => change({ pooling })}
              />
            </div>
          )}
          {isGiven ? (
            <p className={`${classes.wide} ${classes.soft}`}>{t('plan.givenNote')}</p>
          ) : (
            <MultiSelect
              size="xs"
              className={classes.wide ?? ''}
              label={t('plan.steps')}
              description={
                draft.method === 'period' ? t('plan.periodNote') : t('plan.stepsNote', { n: base.data?.immature ?? 0 })
              }
              data={stages.map(({ stageId, name, reached }) => ({
                value: stageId,
                label: `${name} (${formatCount(reached)})`,
              }))}
              value={stageIds}
              onChange={(value) => change({ stageIds: value })}
            />
          )}
          <SellersSelect
            portalId={portalId}
            className={classes.wide ?? ''}
            label={t('plan.sellers')}
            value={draft.sellerIds}
            onChange={(sellerIds) => change({ sellerIds })}
          />
          {workingDays !== undefined && (
            <SellerDays
              {...{ sellers, workingDays }}
              sellerIds={draft.sellerIds}
              days={draft.days}
              onDays={(days) => change({ days })}
            />
          )}
          <Select
            size="xs"
            label={t('plan.team')}
            data={teams.map((value) => ({ value, label: t('plan.department', { id: value }) }))}
            value={teamId}
            onChange={(value) => change({ teamId: value ?? '' })}
            disabled={plan !== null}
            allowDeselect={false}
          />
          <div>
            <div className={classes.soft}>{t('plan.rounding')}</div>
            <SegmentedControl
              size="xs"
              data={(['final', 'step'] as const).map((value) => ({ value, label: t(`plan.rounding.${value}`) }))}
              value={draft.rounding}
              onChange={(value) => change({ rounding: value })}
            />
          </div>
          <div>
            <div className={classes.soft}>{t('plan.split')}</div>
            <SegmentedControl
              size="xs"
              data={(['up', 'exact'] as const).map((value) => ({ value, label: t(`plan.split.${value}`) }))}
              value={draft.split}
              onChange={(value) => change({ split: value })}
            />
          </div>
          <div className={`${classes.wide} ${classes.actions}`}>
            <Button type="submit" size="xs" disabled={content === null} loading={manage.write.isPending}>
              {t('plan.save')}
            </Button>
            <Button size="xs" variant="default" onClick={() => onDone(null)}>
              {t('cancel')}
            </Button>
          </div>
          {base.isError && <ProblemNote error={base.error} />}
          {manage.write.isError && <ProblemNote error={manage.write.error} />}
        </form>
      </Panel>
      {isFromSheet && (
        <PlanSheetDialog
          portalId={portalId}
          planId={plan?.planId ?? null}
          onUse={(imported) => {
            setFromSheet(false);
            const body = { month, pipelineId: pipelineId === '' ? null : pipelineId, teamId, content: imported };
            manage.write.mutate(
              { planId: plan?.planId ?? null, body, indicators: [] },
              { onSuccess: ({ planId }) => onDone(planId) },
            );
          }}
          onClose={() => setFromSheet(false)}
        />
      )}
      {content !== null && preview.data !== undefined && (
        <>
          <Findings findings={preview.data.findings} indicators={named} />
          {preview.data.figures !== null && (
            <Panel title={t('plan.comesTo')} note={t('plan.chainNote')}>
              <PlanChain
                figures={preview.data.figures}
                planned={preview.data.figures}
                content={content}
                indicators={named}
                whatIf={nothingTried}
              />
            </Panel>
          )}
        </>
      )}
    </>
  );
}

const activityNames = {
  call: { ru: 'Звонки', en: 'Calls' },
  letter: { ru: 'Письма', en: 'Letters' },
  message: { ru: 'Сообщения', en: 'Messages' },
  meeting: { ru: 'Встречи', en: 'Meetings' },
};
