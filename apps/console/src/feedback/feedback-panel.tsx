import { NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useId, useRef } from 'react';
import type { CaseMessage, CaseRow } from '../api/schema.js';
import { describeProblem } from '../api/problem.js';
import { useSpeech } from '../i18n/i18n.js';
import { personText } from '../queue/case-words.js';
import { cardQuery } from '../queue/use-cases.js';
import type { VerdictChannel } from './channels.js';
import { isChannel } from './channels.js';
import classes from './feedback-panel.module.css';
import { MessageActions, MessageState } from './message-line.js';
import { goesWithVerdict, isTold } from './message-standing.js';
import { useCaseFeedback, useFeedbackPreview } from './use-feedback.js';
import type { VerdictFeedback } from './use-verdict-feedback.js';

type FeedbackPanelProps = {
  portalId: string;
  row: CaseRow;
  /** Words instead of those of the rule, by a template. */
  words: string | null;
  zone: string;
  plan: VerdictFeedback;
  /** Asks how and what to send by itself. */
  onSend: () => void;
};

/** What was, is and will be said to the employee about a case. */
export function FeedbackPanel({ portalId, row, words, zone, plan, onSend }: FeedbackPanelProps) {
  const { t } = useSpeech();
  const said = useCaseFeedback(portalId, row.caseId);
  useCardAlongside(portalId, row.caseId, said.data);
  const messages = said.data?.items ?? [];
  const isOpen = said.data !== undefined && goesWithVerdict(row, messages);
  return (
    <section className={classes.panel} aria-label={t('said.title')}>
      <header className={classes.head}>
        <h3 className={classes.name}>{t('said.title')}</h3>
        <span className={classes.links}>
          {isTold(row) && plan.enabled.length > 0 && (
            <button type="button" onClick={onSend}>
              {t('said.send')}
            </button>
          )}
          <Link to="/portals/$portalId/feedback" params={{ portalId }} preload={false}>
            {t(plan.isKnown && plan.enabled.length === 0 ? 'said.switchOn' : 'said.settings')}
          </Link>
        </span>
      </header>
      {messages.map((message) => (
        <Message key={message.messageId} portalId={portalId} message={message} zone={zone} />
      ))}
      {isOpen && plan.isKnown && plan.enabled.length > 0 && (
        <WithVerdict portalId={portalId} row={row} words={words} plan={plan} />
      )}
      {plan.isKnown && plan.enabled.length === 0 && isTold(row) && <p className={classes.soft}>{t('said.allOff')}</p>}
      {!isTold(row) && messages.length === 0 && <p className={classes.soft}>{t('said.onlyActive')}</p>}
    </section>
  );
}

/** One message: where it is, to whom, and its very words. */
function Message({ portalId, message, zone }: { portalId: string; message: CaseMessage; zone: string }) {
  const { t } = useSpeech();
  return (
    <div className={classes.message}>
      <div className={classes.line}>
        <MessageState message={message} zone={zone} />
        <span className={classes.soft}>
          {t(`channel.${message.channel}`)} · {personText(message.to, t)}
        </span>
        <MessageActions portalId={portalId} message={message} />
      </div>
      <details className={classes.text}>
        <summary>{t('message.text')}</summary>
        {message.text === null ? (
          <p className={classes.soft}>{t('message.textGone')}</p>
        ) : (
          <blockquote className={classes.words}>
            <b>{message.text.title}</b>
            {'\n'}
            {message.text.body}
          </blockquote>
        )}
      </details>
    </div>
  );
}

type WithVerdictProps = Pick<FeedbackPanelProps, 'portalId' | 'row' | 'words' | 'plan'>;

/** What the verdict `real` will bring with it. */
function WithVerdict({ portalId, row, words, plan }: WithVerdictProps) {
  const { t } = useSpeech();
  const options: { value: VerdictChannel; label: string }[] = [
    ...plan.enabled.map((channel) => ({ value: channel, label: t(`channel.${channel}`) })),
    { value: 'none', label: t('said.nothing') },
  ];
  const id = useId();
  return (
    <>
      <div className={classes.choice}>
        <label htmlFor={id}>{t('said.withVerdict')}</label>
        <NativeSelect
          id={id}
          size="xs"
          data={options}
          value={plan.channel}
          onChange={({ currentTarget: { value } }) => plan.choose(isChannel(value) ? value : 'none')}
        />
        {plan.channel !== 'none' && row.responsible !== null && (
          <span>{t('said.to', { name: personText(row.responsible, t) })}</span>
        )}
      </div>
      {plan.channel !== 'none' && (
        <Preview portalId={portalId} caseId={row.caseId} channel={plan.channel} words={words} />
      )}
    </>
  );
}

type PreviewProps = {
  portalId: string;
  caseId: string;
  channel: VerdictFeedback['enabled'][number];
  words: string | null;
};

function Preview({ portalId, caseId, channel, words }: PreviewProps) {
  const { t, language } = useSpeech();
  const body = { channel, to: 'responsible' as const, ...(words === null ? {} : { text: words }) };
  const preview = useFeedbackPreview(portalId, caseId, body);
  if (preview.data === undefined) {
    return preview.isError ? (
      <p className={classes.obstacle}>{describeProblem(preview.error, language, t).sentence}</p>
    ) : (
      <p className={classes.soft}>{t('loading')}</p>
    );
  }
  const { title, body: text, obstacle } = preview.data;
  return (
    <>
      {obstacle !== null && <p className={classes.obstacle}>{obstacle.sentence[language]}</p>}
      <blockquote className={classes.words}>
        <b>{title}</b>
        {'\n'}
        {text}
      </blockquote>
    </>
  );
}

/** What the employee answered, with their own words. */
export function AnswerNote({ portalId, caseId }: { portalId: string; caseId: string }) {
  const { t } = useSpeech();
  const last = useCaseFeedback(portalId, caseId).data?.answers.at(-1);
  if (last?.comment == null) return null;
  return (
    <blockquote className={classes.words} aria-label={t('said.comment')}>
      {last.comment}
    </blockquote>
  );
}

/** Whenever a message moved or somebody answered, the card knows more than before. */
function useCardAlongside(portalId: string, caseId: string, data: ReturnType<typeof useCaseFeedback>['data']): void {
  const queries = useQueryClient();
  const told =
    data === undefined
      ? null
      : [
          caseId,
          ...data.items.map(({ messageId, state, seenAt }) => `${messageId}:${state}:${seenAt ?? ''}`),
          ...data.answers.map(({ at, answer }) => `${at}:${answer}`),
        ].join();
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (told === null) return;
    const known = before.current;
    before.current = told;
    if (known === null || known === told) return;
    void queries.invalidateQueries({ queryKey: cardQuery(portalId, caseId).queryKey });
    void queries.invalidateQueries({ queryKey: ['cases', portalId, 'summary'] });
  }, [told, queries, portalId, caseId]);
}
