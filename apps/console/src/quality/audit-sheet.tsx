import { Button, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { MouseEvent } from 'react';
import type { SampledAudit } from '../api/schema.js';
import { formatDay, formatInstant } from '../format/dates.js';
import { formatDecimal } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { isRecordKind } from '../portals/kind-names.js';
import { ProblemNote } from '../portals/problem-note.js';
import { recordText } from '../queue/case-words.js';
import { useAccess } from '../session/use-me.js';
import { useKeys } from '../shell/keyboard.js';
import { ArrowLeftIcon, ExternalIcon } from '../ui/icons.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { marksOf, marksSoFar, marksToSend, nextOpen } from './audit-marks.js';
import type { Marks } from './audit-marks.js';
import classes from './audit-sheet.module.css';
import { useAudit, useScoreAudit } from './use-quality.js';

const MOST_POINTS = 5;

type AuditSheetProps = {
  portalId: string;
  auditId: string;
  zone: string;
  onBack: () => void;
  onNext: (() => void) | null;
};

/** One audit: the record, a checklist with what behaviour earns which points, and what it comes to. */
export function AuditSheet(props: AuditSheetProps) {
  const { portalId, auditId, onBack } = props;
  const { t } = useSpeech();
  const audit = useAudit(portalId, auditId);
  return (
    <div className={classes.sheet}>
      <button type="button" className={classes.back} onClick={onBack}>
        <ArrowLeftIcon /> {t('audits.back')}
      </button>
      {audit.data === undefined ? (
        audit.isError ? (
          <ErrorState error={audit.error} retry={() => void audit.refetch()} />
        ) : (
          <TableSkeleton rows={10} />
        )
      ) : (
        <Sheet key={audit.data.scored === null ? 'open' : 'scored'} {...props} audit={audit.data} />
      )}
    </div>
  );
}

function Sheet({ portalId, auditId, zone, audit, onBack, onNext }: AuditSheetProps & { audit: SampledAudit }) {
  const { t, language } = useSpeech();
  const { score, withdraw } = useScoreAudit(portalId, auditId);
  const { checklist, scored } = audit;
  const [marks, setMarks] = useState<Marks>(() => (scored === null ? {} : marksOf(scored.marks)));
  const [current, setCurrent] = useState(checklist.items[0]?.itemId ?? '');
  const sum = marksSoFar(checklist, marks);
  const isOpen = scored === null;
  const send = () => isOpen && sum.isComplete && !score.isPending && score.mutate(marksToSend(checklist, marks));
  const go = (itemId: string) => {
    setCurrent(itemId);
    document.getElementById(`item-${itemId}`)?.scrollIntoView({ block: 'nearest' });
  };
  const step = (by: 1 | -1) => {
    const at = checklist.items.findIndex((item) => item.itemId === current);
    const next = checklist.items[Math.min(Math.max(at + by, 0), checklist.items.length - 1)];
    if (next !== undefined) go(next.itemId);
  };
  const mark = (itemId: string, points: number | null) => {
    if (!isOpen) return;
    const next = { ...marks, [itemId]: points };
    setMarks(next);
    go(nextOpen(checklist, next, itemId) ?? itemId);
  };
  const markCurrent = (points: number | null) => {
    const item = checklist.items.find(({ itemId }) => itemId === current);
    if (item !== undefined && (points === null || points < item.anchors.length)) mark(current, points);
  };
  useKeys(
    {
      ...Object.fromEntries(
        Array.from({ length: MOST_POINTS + 1 }, (_, points) => [`Digit${points}`, () => markCurrent(points)]),
      ),
      KeyN: () => markCurrent(null),
      KeyJ: () => step(1),
      KeyK: () => step(-1),
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => (isOpen ? send() : onNext?.()),
      Escape: onBack,
    },
    { isFirst: true },
  );
  // Whoever comes from the list begins at the first item.
  useEffect(() => {
    window.scrollTo({ top: 0 });
  }, [auditId]);
  return (
    <>
      <SheetHead portalId={portalId} audit={audit} zone={zone} />
      <ol className={classes.items}>
        {checklist.items.map((item, at) => {
          const given = marks[item.itemId];
          const isFailing = item.isAutoFail && given === 0;
          return (
            <li
              key={item.itemId}
              id={`item-${item.itemId}`}
              className={classes.item}
              data-current={(isOpen && item.itemId === current) || undefined}
              data-failing={isFailing || undefined}
              onClick={() => isOpen && setCurrent(item.itemId)}
            >
              <fieldset disabled={!isOpen} className={classes.fields}>
                <legend className={classes.legend}>
                  {at + 1}. {item.title[language]}{' '}
                  <span className={classes.soft}>{t('auditSheet.weight', { weight: String(item.weight) })}</span>
                  {item.isAutoFail && <span className={classes.autoFail}>{t('auditSheet.autoFail')}</span>}
                </legend>
                <div className={classes.anchors}>
                  {item.anchors.map((anchor, points) => (
                    <label
                      key={anchor[language]}
                      className={classes.anchor}
                      data-chosen={given === points || undefined}
                    >
                      <input
                        type="radio"
                        name={item.itemId}
                        checked={given === points}
                        onChange={() => mark(item.itemId, points)}
                        onClick={leaveAfterClick}
                      />
                      <kbd>{points}</kbd>
                      <span>{anchor[language]}</span>
                    </label>
                  ))}
                  <label className={classes.anchor} data-chosen={given === null || undefined}>
                    <input
                      type="radio"
                      name={item.itemId}
                      checked={given === null}
                      onChange={() => mark(item.itemId, null)}
                      onClick={leaveAfterClick}
                    />
                    <kbd>N</kbd>
                    <span>{t('auditSheet.notApplicable')}</span>
                  </label>
                </div>
              </fieldset>
            </li>
          );
        })}
      </ol>
      <footer className={classes.total} data-total>
        <div className={classes.sum}>
          <b className={classes.score}>
            {sum.score === null ? '—' : `${formatDecimal(Math.floor(sum.score), 0, language)} %`}
          </b>
          <span>
            {sum.isComplete ? (
              <b data-passed={sum.isPassed} className={classes.verdict}>
                {t(sum.isPassed ? 'auditSheet.passed' : 'auditSheet.failed')}
              </b>
            ) : (
              t('auditSheet.given', { given: sum.given, n: checklist.items.length })
            )}
            <span className={classes.soft}>
              {' '}
              {sum.failedBy.length > 0
                ? t('auditSheet.failedBy', {
                    items: checklist.items
                      .filter(({ itemId }) => sum.failedBy.includes(itemId))
                      .map(({ title }) => title[language])
                      .join(', '),
                  })
                : t('auditSheet.passMark', { mark: String(checklist.passMark) })}
            </span>
          </span>
        </div>
        <div className={classes.actions}>
          {isOpen ? (
            <Button size="xs" disabled={!sum.isComplete} loading={score.isPending} onClick={send}>
              {t('auditSheet.send')}
            </Button>
          ) : (
            <>
              {onNext !== null && (
                <Button size="xs" onClick={onNext}>
                  {t('auditSheet.next')}
                </Button>
              )}
              <UnstyledButton
                className={classes.textButton}
                onClick={() => withdraw.mutate()}
                disabled={withdraw.isPending}
              >
                {t('auditSheet.withdraw')}
              </UnstyledButton>
            </>
          )}
        </div>
        {(score.error ?? withdraw.error) !== null && (
          <ProblemNote error={score.error ?? withdraw.error ?? new Error()} />
        )}
      </footer>
      {isOpen && <p className={classes.keys}>{t('auditSheet.keys')}</p>}
    </>
  );
}

/** Keys mean points again once somebody has clicked; whoever goes by Tab and arrows keeps the focus. */
const leaveAfterClick = ({ detail, currentTarget }: MouseEvent<HTMLInputElement>) => {
  if (detail > 0) currentTarget.blur();
};

function SheetHead({ portalId, audit, zone }: { portalId: string; audit: SampledAudit; zone: string }) {
  const { t, language } = useSpeech();
  const { may } = useAccess();
  const [kind = '', recordId = ''] = audit.about.split(':');
  const { scored } = audit;
  return (
    <header className={classes.head}>
      <h2 className={classes.title}>
        {audit.checklist.title[language]} · {audit.seller.name ?? t('seller.nameless', { id: audit.seller.userId })}
      </h2>
      <p className={classes.facts}>
        {isRecordKind(kind) && may('records.read', portalId) ? (
          <Link
            to="/portals/$portalId/records/$kind/$recordId"
            params={{ portalId, kind, recordId }}
            search={{}}
            preload={false}
          >
            {recordText(audit.about, t)}
          </Link>
        ) : (
          recordText(audit.about, t)
        )}
        {audit.portalUrl !== null && (
          <a href={audit.portalUrl} target="_blank" rel="noreferrer noopener">
            {t('record.inPortal')} <ExternalIcon />
          </a>
        )}
        <span className={classes.soft}>{formatInstant(audit.happenedAt, zone, language)}</span>
        <span className={classes.soft}>{t('auditSheet.drawn', { week: formatDay(audit.week, language) })}</span>
      </p>
      {scored !== null && (
        <p className={classes.done} role="status">
          {t('auditSheet.scoredBy', {
            name: scored.by.name ?? t('queue.colleague'),
            at: scored.at === null ? '—' : formatInstant(scored.at, zone, language),
          })}
        </p>
      )}
    </header>
  );
}
