import '@mantine/dates/styles.css';
import 'dayjs/locale/ru';
import { Select, UnstyledButton } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { actionGroups, actionName } from './action-names.js';
import classes from './audit-page.module.css';
import { results } from './audit-search.js';
import type { AuditSearch } from './audit-search.js';

export type KnownPerson = { accountId: string; name: string };

type AuditFiltersProps = {
  search: AuditSearch;
  onSearch: (search: AuditSearch) => void;
  /** Names by id of those who may be looked for. */
  people: ReadonlyMap<string, string>;
};

/** What is shown of the record; every choice goes into the address. */
export function AuditFilters({ search, onSearch, people }: AuditFiltersProps) {
  const { t, language } = useSpeech();
  const { action, accountId, result, from, through } = search;
  const [days, setDays] = useState<[string | null, string | null]>([from ?? null, through ?? null]);
  const set = (change: { [name in keyof AuditSearch]: AuditSearch[name] | undefined }) => {
    const next = { ...search, ...change };
    onSearch(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)));
  };
  const chosen = new Map(people);
  if (accountId !== undefined && !chosen.has(accountId)) chosen.set(accountId, accountId);
  const byName = [...chosen].sort(([, left], [, right]) => left.localeCompare(right, 'ru'));
  return (
    <div className={classes.tools} role="search">
      <Select
        className={classes.action ?? ''}
        label={t('audit.action')}
        placeholder={t('audit.anyAction')}
        value={action ?? null}
        onChange={(value) => set({ action: value ?? undefined })}
        data={actionGroups.map(({ says, actions }) => ({
          group: t(says),
          items: actions.map((each) => ({ value: each, label: actionName(each, t) })),
        }))}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('audit.reset') }}
        nothingFoundMessage={t('toolbar.nothing')}
      />
      <Select
        className={classes.actor ?? ''}
        label={t('audit.actor')}
        placeholder={t('audit.anybody')}
        value={accountId ?? null}
        onChange={(value) => set({ accountId: value ?? undefined })}
        data={byName.map(([value, label]) => ({ value, label }))}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('audit.reset') }}
        limit={100}
        nothingFoundMessage={t('toolbar.nothing')}
      />
      <Select
        className={classes.result ?? ''}
        label={t('audit.result')}
        placeholder={t('audit.anyResult')}
        value={result ?? null}
        onChange={(value) => set({ result: results.find((each) => each === value) })}
        data={results.map((each) => ({ value: each, label: t(`audit.${each}`) }))}
        clearable
        clearButtonProps={{ 'aria-label': t('audit.reset') }}
      />
      <DatePickerInput
        type="range"
        className={classes.period ?? ''}
        label={t('audit.period')}
        placeholder={t('audit.anyTime')}
        value={days}
        onChange={(next) => {
          setDays(next);
          const [first, last] = next;
          if ((first === null) === (last === null)) set({ from: first ?? undefined, through: last ?? undefined });
        }}
        locale={language}
        firstDayOfWeek={1}
        allowSingleDateInRange
        clearable
        clearButtonProps={{ 'aria-label': t('audit.reset') }}
        valueFormat="D MMM YYYY"
      />
      {Object.keys(search).length > 0 && (
        <UnstyledButton
          className={classes.reset}
          onClick={() => {
            setDays([null, null]);
            onSearch({});
          }}
        >
          {t('audit.reset')}
        </UnstyledButton>
      )}
    </div>
  );
}
