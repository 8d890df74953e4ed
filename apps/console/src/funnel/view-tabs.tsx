import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { isPast, useMoment } from '../moment/moment.js';
import { Tabs } from '../ui/tabs.js';
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
  return (
    <div className={classes.tabs}>
      <Tabs
        label={t('view.label')}
        tabs={views.map((each, at) => ({
          value: each,
          text: t(past && each === 'now' ? 'view.then' : names[each]),
          key: String(at + 1),
        }))}
        value={view}
        controls="funnel-view"
        aside={t(past && view === 'now' ? 'view.thenQuestion' : questions[view])}
        onChange={onView}
      />
    </div>
  );
}
