import type { KeyboardEvent } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { isPast, useMoment } from '../moment/moment.js';
import { views } from './funnel-search.js';
import type { FunnelView } from './funnel-search.js';
import classes from './view-tabs.module.css';

const names = { now: 'view.now', flow: 'view.flow', cohort: 'view.cohort' } as const satisfies Record<
  FunnelView,
  MessageKey
>;
const questions = {
  now: 'view.nowQuestion',
  flow: 'view.flowQuestion',
  cohort: 'view.cohortQuestion',
} as const satisfies Record<FunnelView, MessageKey>;

/** The three views, each with the question it answers. */
export function ViewTabs({ view, onView }: { view: FunnelView; onView: (view: FunnelView) => void }) {
  const { t } = useSpeech();
  const past = isPast(useMoment());
  const nameOf = (each: FunnelView) => t(past && each === 'now' ? 'view.then' : names[each]);
  const move = (event: KeyboardEvent) => {
    const step = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = views[(views.indexOf(view) + step + views.length) % views.length] ?? view;
    onView(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div className={classes.tabs}>
      <div role="tablist" aria-label={t('view.label')} className={classes.list} onKeyDown={move}>
        {views.map((each, at) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`tab-${each}`}
            aria-selected={each === view}
            aria-controls="funnel-view"
            tabIndex={each === view ? 0 : -1}
            className={classes.tab}
            onClick={() => onView(each)}
          >
            {nameOf(each)}
            <kbd className={classes.key} aria-hidden>
              {at + 1}
            </kbd>
          </button>
        ))}
      </div>
      <p className={classes.question}>{t(past && view === 'now' ? 'view.thenQuestion' : questions[view])}</p>
    </div>
  );
}
