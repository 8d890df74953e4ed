import { ActionIcon, Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Indicator } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './pay-page.module.css';
import type { DraftRow, SchemeDraft } from './scheme-draft.js';

type FieldError = (name: string, isEmpty: boolean) => ReactNode;
type FieldsProps = { draft: SchemeDraft; change: (part: Partial<SchemeDraft>) => void; fieldError: FieldError };

/** What is scored, and what part of the salary the score brings. */
export function PointsFields({
  draft,
  change,
  indicators,
  fieldError,
}: FieldsProps & { indicators: readonly Indicator[] | undefined }) {
  const { t, language } = useSpeech();
  const set = (place: number, part: Partial<SchemeDraft['indicators'][number]>) =>
    change({ indicators: draft.indicators.map((one, at) => (at === place ? { ...one, ...part } : one)) });
  const known = (indicators ?? []).map(({ indicatorId, name }) => ({ value: indicatorId, label: name[language] }));
  return (
    <div className={classes.group}>
      <TextInput
        size="xs"
        maw={220}
        label={t('scheme.target')}
        inputMode="numeric"
        value={draft.target}
        error={fieldError('target', draft.target === '')}
        onChange={(event) => change({ target: event.currentTarget.value })}
      />
      {draft.indicators.map((row, place) => (
        <div key={place} className={classes.row}>
          <Select
            size="xs"
            className={classes.grow ?? ''}
            label={t('scheme.indicator')}
            data={
              known.some(({ value }) => value === row.indicator)
                ? known
                : [...known, { value: row.indicator, label: row.indicator }]
            }
            value={row.indicator}
            onChange={(value) => set(place, { indicator: value ?? '' })}
            searchable
          />
          {(['weight', 'dailyCap', 'largestShare'] as const).map((name) => (
            <TextInput
              key={name}
              size="xs"
              className={classes.narrow ?? ''}
              label={t(`scheme.${name}`)}
              inputMode="decimal"
              value={row[name]}
              error={fieldError(`indicators.${place}.${name}`, row[name] === '')}
              onChange={(event) => set(place, { [name]: event.currentTarget.value })}
            />
          ))}
          <Remove onClick={() => change({ indicators: draft.indicators.filter((_, at) => at !== place) })} />
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        disabled={known.length === 0}
        onClick={() => {
          const free = known.find(({ value }) => !draft.indicators.some(({ indicator }) => indicator === value));
          const row = { indicator: free?.value ?? known[0]?.value ?? '', weight: '1', dailyCap: '', largestShare: '' };
          change({ indicators: [...draft.indicators, row] });
        }}
      >
        {t('scheme.addIndicator')}
      </Button>
      {known.length === 0 && <p className={classes.soft}>{t('scheme.noIndicators')}</p>}
      <Rows
        name="table"
        rows={draft.table}
        onRows={(table) => change({ table })}
        fieldError={fieldError}
        from={t('scheme.ofTarget')}
        value={t('scheme.partOfSalary')}
      />
      <SegmentedControl
        size="xs"
        data={(['steps', 'linear'] as const).map((value) => ({ value, label: t(`scheme.shape.${value}`) }))}
        value={draft.shape}
        onChange={(shape) => change({ shape })}
      />
    </div>
  );
}

/** What share of sales is paid, by which tiers. */
export function CommissionFields({ draft, change, fieldError }: FieldsProps) {
  const { t } = useSpeech();
  return (
    <div className={classes.group}>
      <div className={classes.row}>
        <TextInput
          size="xs"
          className={classes.grow ?? ''}
          label={t('scheme.quota')}
          description={t('scheme.quotaNote')}
          inputMode="decimal"
          value={draft.quota}
          error={fieldError('quota', draft.quota === '')}
          onChange={(event) => change({ quota: event.currentTarget.value })}
        />
      </div>
      <SegmentedControl
        size="xs"
        data={(['won', 'paid'] as const).map((value) => ({ value, label: t(`scheme.counted.${value}`) }))}
        value={draft.counted}
        onChange={(counted) => change({ counted })}
      />
      <Rows
        name="tiers"
        rows={draft.tiers}
        onRows={(tiers) => change({ tiers })}
        fieldError={fieldError}
        from={t('scheme.ofQuota')}
        value={t('scheme.rate')}
      />
      <SegmentedControl
        size="xs"
        data={(['marginal', 'cliff'] as const).map((value) => ({ value, label: t(`scheme.mode.${value}`) }))}
        value={draft.mode}
        onChange={(mode) => change({ mode })}
      />
    </div>
  );
}

type RowsProps = {
  name: 'table' | 'tiers';
  rows: readonly DraftRow[];
  onRows: (rows: readonly DraftRow[]) => void;
  fieldError: FieldError;
  from: string;
  value: string;
};

function Rows({ name, rows, onRows, fieldError, from, value }: RowsProps) {
  const { t } = useSpeech();
  const labels = { from, value };
  return (
    <>
      {rows.map((row, place) => (
        <div key={place} className={classes.row}>
          {(['from', 'value'] as const).map((part) => (
            <TextInput
              key={part}
              size="xs"
              className={classes.narrow ?? ''}
              label={labels[part]}
              inputMode="decimal"
              value={row[part]}
              error={fieldError(`${name}.${place}.${part}`, row[part] === '')}
              onChange={(event) =>
                onRows(rows.map((one, at) => (at === place ? { ...one, [part]: event.currentTarget.value } : one)))
              }
            />
          ))}
          {rows.length > 1 && <Remove onClick={() => onRows(rows.filter((_, at) => at !== place))} />}
        </div>
      ))}
      <Button size="compact-xs" variant="default" onClick={() => onRows([...rows, { from: '', value: '' }])}>
        {t('scheme.addRow')}
      </Button>
    </>
  );
}

function Remove({ onClick }: { onClick: () => void }) {
  const { t } = useSpeech();
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={t('scheme.removeRow')} onClick={onClick}>
      ×
    </ActionIcon>
  );
}
