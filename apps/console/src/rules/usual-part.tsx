import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { LearnedLimits } from '../api/schema.js';
import { dayIn, formatDay } from '../format/dates.js';
import { formatMoney } from '../format/numbers.js';
import { type Translate, useSpeech } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { channelText } from '../queue/case-words.js';
import { useStageNames } from '../queue/use-cases.js';
import classes from './rules-page.module.css';

const FRESH_MS = 60_000;
/** Rules that go by what is usual, and by which part of it. */
const usualOf: Readonly<Record<string, 'stages' | 'amounts' | 'channels'>> = {
  D04: 'stages',
  D12: 'amounts',
  O08: 'channels',
};
const notes = { stages: 'usual.stagesNote', amounts: 'usual.amountsNote', channels: 'usual.silencesNote' } as const;

interface Words {
  names: ReadonlyMap<string, string>;
  t: Translate;
  language: Language;
}
interface Line {
  name: string;
  usual: string;
  by: string;
}

const linesOf: Record<keyof typeof notes, (limits: LearnedLimits, words: Words) => Line[]> = {
  stages: ({ stages }, { names, t }) =>
    stages.map(({ stage, days, stays }) => ({
      name: names.get(stage) ?? stage,
      usual: t('usual.days', { n: days }),
      by: t('usual.stays', { n: stays }),
    })),
  amounts: ({ amounts }, { names, t, language }) =>
    amounts.map(({ pipeline, currency, limit, deals }) => ({
      name: names.get(pipeline) ?? pipeline,
      usual: t('usual.amount', { sum: formatMoney(BigInt(Math.round(limit)), currency, language) }),
      by: t('usual.deals', { n: deals }),
    })),
  channels: ({ channels }, { t }) =>
    channels.map(({ channel, hours, silences }) => ({
      name: channelText(channel, t),
      usual: t('usual.hours', { n: hours }),
      by: t('usual.silences', { n: silences }),
    })),
};

/** Whether a rule goes by what was learned of the portal. */
export const goesByUsual = (ruleId: string): boolean => ruleId in usualOf;

/** What was learned to be usual in the portal, as far as a rule goes by it. */
export function UsualPart({ portalId, ruleId, zone }: { portalId: string; ruleId: string; zone: string }) {
  const { t, language } = useSpeech();
  const names = useStageNames(portalId);
  const learned = useQuery({
    queryKey: ['cases', portalId, 'learned-limits'],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/learned-limits', { params: { path: { portalId }, query: {} }, signal }),
      ),
    staleTime: FRESH_MS,
  }).data;
  if (learned === undefined) return null;
  const { limits } = learned;
  const part = usualOf[ruleId];
  const lines = limits === null || part === undefined ? [] : linesOf[part](limits, { names, t, language });
  if (limits === null || part === undefined || lines.length === 0)
    return <p className={classes.soft}>{t('usual.nothing')}</p>;
  return (
    <>
      <dl className={classes.usual}>
        {lines.map(({ name, usual, by }) => (
          <div key={`${name} ${usual}`}>
            <dt>{name}</dt>
            <dd>
              {usual} <span className={classes.soft}>{by}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.soft}>
        {t(notes[part])} {t('usual.since', { day: formatDay(dayIn(new Date(limits.from), zone), language) })}
      </p>
    </>
  );
}
