import { memo } from 'react';
import type { ListedCase } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { formatDeadline } from '../format/deadlines.js';
import { useSpeech } from '../i18n/i18n.js';
import { recordText } from './case-words.js';
import { urgencyOf } from './deadline.js';
import classes from './case-list.module.css';
import { SeverityMark } from './severity-mark.js';
import { CheckIcon } from '../ui/icons.js';

type CaseRowProps = {
  row: ListedCase;
  title: string;
  zone: string;
  nowMs: number;
  isMine: boolean;
  isAtCursor: boolean;
  isSelected: boolean;
  /** Why the last command was refused. */
  refusal: string | null;
  /** Where cases are only looked at nothing is chosen. */
  maySelect: boolean;
  onOpen: (row: ListedCase) => void;
  onToggle: (row: ListedCase, isRange: boolean) => void;
};

/** One case as a line; drawn again only when it changes, as thousands are scrolled through. */
export const CaseRow = memo(function CaseRow(props: CaseRowProps) {
  const { row, title, zone, nowMs, isAtCursor, isSelected, refusal, onOpen, onToggle } = props;
  const { t, language } = useSpeech();
  const isOver = row.status === 'closed' || row.status === 'void';
  const badge = badgeOf(row);
  return (
    <div
      id={`case-${row.caseId}`}
      className={classes.row}
      role="option"
      aria-selected={isAtCursor}
      data-cursor={isAtCursor || undefined}
      data-selected={isSelected || undefined}
      data-over={isOver || undefined}
      data-refused={refusal !== null || undefined}
      title={refusal ?? undefined}
      onClick={() => onOpen(row)}
    >
      {props.maySelect ? (
        <button
          type="button"
          className={classes.check}
          tabIndex={-1}
          aria-label={t('queue.select', { record: recordText(row.about, t) })}
          aria-pressed={isSelected}
          onClick={(event) => {
            event.stopPropagation();
            onToggle(row, event.shiftKey);
          }}
        >
          {isSelected ? <CheckIcon /> : null}
        </button>
      ) : (
        <span />
      )}
      <SeverityMark severity={row.severity} />
      <span className={classes.record}>{recordText(row.about, t)}</span>
      <span className={classes.rule}>{title === row.ruleId ? '' : title}</span>
      <span className={classes.badges}>
        {props.isMine && <span className={classes.badge}>{t('queue.badge.mine')}</span>}
        {badge !== null && (
          <span className={classes.badge} data-kind={badge}>
            {t(`queue.badge.${badge}`)}
          </span>
        )}
        {row.itemCount > 1 && (
          <span className={classes.badge} title={t('queue.items', { n: row.itemCount })}>
            ×{row.itemCount}
          </span>
        )}
      </span>
      {isOver || row.mode !== 'active' ? (
        <time className={classes.due} dateTime={row.startedAt} title={formatInstant(row.startedAt, zone, language)}>
          {formatDeadline(row.startedAt, zone, language, nowMs)}
        </time>
      ) : (
        <time
          className={classes.due}
          dateTime={row.dueAt}
          data-urgency={urgencyOf(row, nowMs)}
          title={t('queue.dueBy', { at: formatInstant(row.dueAt, zone, language) })}
        >
          {formatDeadline(row.dueAt, zone, language, nowMs)}
        </time>
      )}
    </div>
  );
});

/** The one thing most worth knowing about a case beside its rule. */
function badgeOf(row: ListedCase) {
  if (row.verdict !== null) return row.verdict;
  if (row.isSnoozed) return 'snoozed';
  if (row.isRegressed) return 'regressed';
  if (row.resolvedAt !== null) return 'fixed';
  return null;
}
