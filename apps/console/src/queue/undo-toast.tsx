import { UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { describeProblem } from '../api/problem.js';
import { useSpeech } from '../i18n/i18n.js';
import { recordText } from './case-words.js';
import { commandText } from './command-words.js';
import { shareLeft, UNDO_MS } from './undo-stack.js';
import type { DeskOfCases } from './use-desk.js';
import classes from './undo-toast.module.css';

const REFUSALS_SHOWN = 3;

type UndoToastProps = { desk: DeskOfCases; notice: string | null; onUndo: () => void };

/** The last decision with the time left to take it back, what was refused, and why something cannot be done. */
export function UndoToast({ desk, notice, onUndo }: UndoToastProps) {
  const { t, language } = useSpeech();
  const { decisions, refusals, dismiss } = desk;
  const newest = decisions.at(-1);
  const [first] = newest?.before ?? [];
  const rest = refusals.length - REFUSALS_SHOWN;
  return (
    <div className={classes.toasts} data-undo-toasts>
      {refusals.length > 0 && (
        <div className={classes.toast} data-refused role="alert">
          <div className={classes.text}>
            {refusals.slice(-REFUSALS_SHOWN).map(({ id, row, error, isUntold }) => {
              const why = describeProblem(error, language, t).sentence;
              return (
                <p key={id}>
                  <b>{recordText(row.about, t)}</b>: {isUntold ? t('toast.untold', { why }) : why}
                </p>
              );
            })}
            {rest > 0 && <p>{t('toast.moreRefused', { n: rest })}</p>}
          </div>
          <UnstyledButton className={classes.action} onClick={() => dismiss(null)}>
            {t('toast.dismiss')}
          </UnstyledButton>
        </div>
      )}
      {notice !== null && (
        <div className={classes.toast} role="status">
          <p className={classes.notice}>{notice}</p>
        </div>
      )}
      {newest !== undefined && first !== undefined && (
        <div className={classes.toast} role="status">
          <Ring key={newest.id} atMs={newest.atMs} />
          <div className={classes.text}>
            <p>
              {commandText(newest.command, t)}
              {' · '}
              {newest.before.length === 1 ? recordText(first.about, t) : t('toast.cases', { n: newest.before.length })}
            </p>
            {newest.feedback !== null && <p>{t('toast.told', { channel: t(`channel.${newest.feedback.channel}`) })}</p>}
          </div>
          <UnstyledButton className={classes.action} onClick={onUndo}>
            {t('toast.undo')} <kbd>Z</kbd>
          </UnstyledButton>
        </div>
      )}
    </div>
  );
}

/** A ring that runs out, with the seconds in it. */
function Ring({ atMs }: { atMs: number }) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNowMs(Date.now()), 250);
    return () => window.clearInterval(timer);
  }, []);
  const share = shareLeft({ id: 0, atMs }, nowMs);
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden className={classes.ring}>
      <circle cx="12" cy="12" r="10" className={classes.track} />
      <circle cx="12" cy="12" r="10" pathLength={1} strokeDasharray={`${share} 1`} transform="rotate(-90 12 12)" />
      <text x="12" y="12" dominantBaseline="central" textAnchor="middle">
        {Math.ceil((share * UNDO_MS) / 1000)}
      </text>
    </svg>
  );
}
