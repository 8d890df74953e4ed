import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { RefObject } from 'react';
import type { Pipeline } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { sellerName } from './funnel-frame.js';
import type { FunnelFrame } from './funnel-frame.js';
import { definitions, noFigure } from './funnel-search.js';
import type { Definition, FunnelSearch, FunnelView } from './funnel-search.js';
import { PeriodPicker } from './period-picker.js';
import classes from './funnel-toolbar.module.css';

const route = getRouteApi('/portals/$portalId/funnel');

const pipelineGroups = {
  deal: 'pipeline.deals',
  lead: 'pipeline.leads',
  invoice: 'pipeline.invoices',
} as const satisfies Record<Pipeline['kind'], MessageKey>;

const definitionNames = {
  reached: 'definition.reachedOption',
  strict: 'definition.strictOption',
  touched: 'definition.touchedOption',
  transition: 'definition.transitionOption',
} as const satisfies Record<Definition, MessageKey>;

const HORIZON_DAYS = ['7', '14', '30', '45', '60', '90', '180'];

type FunnelToolbarProps = {
  frame: FunnelFrame;
  pipelines: readonly Pipeline[];
  view: FunnelView;
  /** The portal's present day. */
  today: string;
  pipelineInput: RefObject<HTMLInputElement | null>;
};

/** What the figures are counted over; every choice goes into the address. */
export function FunnelToolbar({ frame, pipelines, view, today, pipelineInput }: FunnelToolbarProps) {
  const { t } = useSpeech();
  const navigate = route.useNavigate();
  const { search, ownUserIds: own } = frame;
  const set = (change: FunnelSearch) =>
    void navigate({ search: (before) => ({ ...before, ...noFigure, ...change }), resetScroll: false });

  const kinds = (['deal', 'lead', 'invoice'] as const).filter((kind) => pipelines.some((each) => each.kind === kind));
  const sellerIsKnown = frame.sellers.some((seller) => seller.sellerId === frame.seller);
  const horizons =
    search.horizon === undefined || HORIZON_DAYS.includes(search.horizon)
      ? HORIZON_DAYS
      : [...HORIZON_DAYS, search.horizon];
  return (
    <div className={classes.toolbar} role="group" aria-label={t('toolbar.label')}>
      <Select
        ref={pipelineInput}
        className={classes.pipeline ?? ''}
        label={t('toolbar.pipeline')}
        value={frame.pipeline.pipelineId}
        onChange={(value) => set({ pipeline: value ?? undefined })}
        data={kinds.map((kind) => ({
          group: t(pipelineGroups[kind]),
          items: pipelines
            .filter((each) => each.kind === kind && (!each.removed || each.pipelineId === frame.pipeline.pipelineId))
            .map((each) => ({ value: each.pipelineId, label: each.name })),
        }))}
        allowDeselect={false}
        searchable
        nothingFoundMessage={t('toolbar.nothing')}
      />
      <Select
        className={classes.seller ?? ''}
        label={t('toolbar.seller')}
        value={frame.seller}
        onChange={(value) => set({ seller: value === null || value === 'all' ? undefined : value })}
        data={[
          ...(own === null ? [{ value: 'all', label: t('seller.all') }] : []),
          ...frame.sellers
            .filter(({ sellerId }) => sellerId !== 'unknown' && (own === null || own.includes(sellerId)))
            .map((seller) => ({
              value: seller.sellerId,
              label:
                seller.active === false
                  ? t('seller.dismissed', { name: sellerName(seller, t) })
                  : sellerName(seller, t),
            })),
          ...(frame.seller === 'all' || frame.seller === 'unknown' || sellerIsKnown
            ? []
            : [{ value: frame.seller, label: t('seller.nameless', { id: frame.seller }) }]),
          ...(own === null ? [{ value: 'unknown', label: t('seller.unknown') }] : []),
        ]}
        allowDeselect={false}
        searchable
        nothingFoundMessage={t('toolbar.nothing')}
      />
      {view !== 'now' && (
        <PeriodPicker
          period={frame.period}
          today={today}
          label={view === 'flow' ? t('toolbar.period') : t('toolbar.cohortPeriod')}
          onPeriod={(change) => set({ month: undefined, from: undefined, to: undefined, ...change })}
        />
      )}
      {view === 'cohort' && (
        <>
          <Select
            className={classes.definition ?? ''}
            label={t('toolbar.definition')}
            value={search.definition ?? 'reached'}
            onChange={(value) => set({ definition: definitions.find((each) => each === value && each !== 'reached') })}
            data={definitions.map((each) => ({ value: each, label: t(definitionNames[each]) }))}
            allowDeselect={false}
          />
          <Select
            className={classes.horizon ?? ''}
            label={t('toolbar.horizon')}
            value={search.horizon ?? 'none'}
            onChange={(value) => set({ horizon: value === null || value === 'none' ? undefined : value })}
            data={[
              { value: 'none', label: t('horizon.noneOption') },
              ...horizons.map((days) => ({ value: days, label: t('horizon.option', { n: Number(days) }) })),
            ]}
            allowDeselect={false}
          />
        </>
      )}
    </div>
  );
}
