import { NativeSelect } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { FeedbackChannel, ListedCase } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { personText, recordText } from '../queue/case-words.js';
import { isChannel } from './channels.js';
import type { VerdictChannel } from './channels.js';
import classes from './feedback-panel.module.css';
import { feedbackPreview, useChannels } from './use-feedback.js';
import type { VerdictFeedback } from './use-verdict-feedback.js';
import { withinCap } from './within-cap.js';
import type { BulkTelling } from './within-cap.js';

/** So many of those who are not told are named. */
const NAMED = 5;

/** Whom several verdicts `real` are told by the channel that is chosen; asks once for each person whether they had enough today. */
export function useBulkTelling(
  portalId: string,
  rows: readonly ListedCase[],
  channel: VerdictChannel,
): BulkTelling & { cap: number; sample: string | null; isKnown: boolean } {
  const settings = useChannels(portalId, channel !== 'none').data;
  const cap = settings?.find((each) => each.channel === channel)?.capPerPersonDay ?? 0;
  const all = channel === 'none' ? [] : withinCap(rows, rows.length, () => false).told;
  const people = [...new Map(all.toReversed().map((row) => [row.responsible?.userId ?? '', row])).entries()];
  const previews = useQueries({
    queries: people.map(([, row]) =>
      feedbackPreview(portalId, row.caseId, { channel: channel as FeedbackChannel, to: 'responsible' }),
    ),
  });
  const full = new Set(
    people.flatMap(([userId], at) => (previews[at]?.data?.obstacle?.reason === 'CAP_REACHED' ? [userId] : [])),
  );
  const first = people.findIndex(([, row]) => row.caseId === all[0]?.caseId);
  return {
    ...(channel === 'none' ? { told: [], above: [] } : withinCap(all, cap, (userId) => full.has(userId))),
    cap,
    sample: previews[first]?.data?.body ?? null,
    isKnown: channel === 'none' || (settings !== undefined && previews.every(({ isPending }) => !isPending)),
  };
}

type BulkFeedbackProps = { plan: VerdictFeedback; telling: ReturnType<typeof useBulkTelling> };

/** By which way people hear of several verdicts, the words of the first, and who would hear too much. */
export function BulkFeedback({ plan, telling }: BulkFeedbackProps) {
  const { t } = useSpeech();
  const { told, above, cap, sample } = telling;
  if (plan.enabled.length === 0) return plan.isKnown ? <p className={classes.soft}>{t('said.allOff')}</p> : null;
  return (
    <section className={classes.panel} aria-label={t('said.title')}>
      <NativeSelect
        size="xs"
        label={t('said.withVerdict')}
        data={[
          ...plan.enabled.map((channel) => ({ value: channel, label: t(`channel.${channel}`) })),
          { value: 'none' as const, label: t('said.nothing') },
        ]}
        value={plan.channel}
        onChange={({ currentTarget: { value } }) => plan.choose(isChannel(value) ? value : 'none')}
      />
      {plan.channel !== 'none' && (
        <>
          <p className={classes.soft}>{t('bulk.told', { n: told.length, cap })}</p>
          {sample !== null && <blockquote className={classes.words}>{sample}</blockquote>}
          {above.length > 0 && (
            <div className={classes.obstacle}>
              {t('bulk.aboveCap', { n: above.length })}
              <ul>
                {above.slice(0, NAMED).map((row) => (
                  <li key={row.caseId}>
                    {recordText(row.about, t)} · {personText(row.responsible, t)}
                  </li>
                ))}
              </ul>
              {above.length > NAMED && t('bulk.aboveCapMore', { n: above.length - NAMED })}
            </div>
          )}
        </>
      )}
    </section>
  );
}
