import { Menu, UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import { addDays, formatDay } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { CheckIcon, ChevronIcon } from '../ui/icons.js';
import { recordText } from './case-words.js';
import classes from './queue-page.module.css';
import { severities } from './queue-search.js';
import type { QueueSearch } from './queue-search.js';
import type { Searchable } from './find-suggestions.js';

type QueueFiltersProps = {
  search: QueueSearch;
  searchable: Searchable;
  /** Whether cases can be assigned at all. */
  mayJudge: boolean;
  onChange: (change: { [name in keyof QueueSearch]: QueueSearch[name] | undefined }) => void;
};

/** What narrows the list: as chips, each of which goes away by a click. */
export const QueueFilters = memo(function QueueFilters({ search, searchable, mayJudge, onChange }: QueueFiltersProps) {
  const { t, language } = useSpeech();
  const { rule, person, severity, mine, about, from, to } = search;
  const chips = [
    rule !== undefined && {
      key: 'rule' as const,
      text: searchable.rules.find(({ ruleId }) => ruleId === rule)?.text ?? rule,
    },
    person !== undefined && {
      key: 'person' as const,
      text: searchable.people.find(({ userId }) => userId === person)?.name ?? t('seller.nameless', { id: person }),
    },
    about !== undefined && { key: 'about' as const, text: recordText(about, t) },
    from !== undefined &&
      to !== undefined && {
        key: 'from' as const,
        text: `${formatDay(from, language)} – ${formatDay(addDays(to, -1), language)}`,
      },
  ].filter((chip) => chip !== false);
  return (
    <div className={classes.filters}>
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <UnstyledButton className={classes.filter} data-on={severity !== undefined || undefined}>
            {severity ?? t('queue.severity')} <ChevronIcon />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onChange({ severity: undefined })}>{t('queue.anySeverity')}</Menu.Item>
          {severities.map((each) => (
            <Menu.Item
              key={each}
              onClick={() => onChange({ severity: each })}
              rightSection={each === severity ? <CheckIcon /> : null}
            >
              {each} · {t(`severity.${each}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {mayJudge && (
        <UnstyledButton
          className={classes.filter}
          data-on={mine !== undefined || undefined}
          aria-pressed={mine !== undefined}
          onClick={() => onChange({ mine: mine === undefined ? 'yes' : undefined })}
        >
          {t('queue.mine')}
        </UnstyledButton>
      )}
      {chips.map(({ key, text }) => (
        <UnstyledButton
          key={key}
          className={classes.filter}
          data-on
          onClick={() => onChange(key === 'from' ? { from: undefined, to: undefined } : { [key]: undefined })}
          aria-label={t('queue.dropFilter', { name: text })}
          title={t('queue.dropFilter', { name: text })}
        >
          <span className={classes.chip}>{text}</span> ×
        </UnstyledButton>
      ))}
    </div>
  );
});
