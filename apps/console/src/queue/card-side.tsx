import { UnstyledButton } from '@mantine/core';
import type { CaseCard as Card, CasePerson, CaseRow } from '../api/schema.js';
import { formatCount } from '../format/numbers.js';
import { isChannel } from '../feedback/channels.js';
import { AnswerNote } from '../feedback/feedback-panel.js';
import type { VerdictFeedback } from '../feedback/use-verdict-feedback.js';
import { useSpeech } from '../i18n/i18n.js';
import { useAccess } from '../session/use-me.js';
import classes from './case-card.module.css';

type CardSideProps = {
  portalId: string;
  card: Card;
  row: CaseRow;
  nameOf: (id: string) => string;
  plan: VerdictFeedback | null;
  onUndoVerdict: ((row: CaseRow) => void) | null;
  onReopen: ((row: CaseRow) => void) | null;
  onWake: ((row: CaseRow) => void) | null;
};

/** Who is concerned, how they kept the rule lately, and what we would decide. */
export function CardSide(props: CardSideProps) {
  const { portalId, card, row, nameOf, plan, onUndoVerdict, onReopen, onWake } = props;
  const { t } = useSpeech();
  const mayJudge = useAccess().may('cases.judge', portalId);
  const people: { says: string; person: CasePerson | null }[] = [
    { says: t('card.doer'), person: card.people.doer },
    { says: t('card.owner'), person: card.people.owner ?? card.people.assignee },
    { says: t('card.head'), person: card.people.head },
  ].filter(({ person }) => person !== null);
  const verdict = row.verdict;
  return (
    <aside className={classes.side}>
      {card.isVerdictHidden && <p className={classes.hidden}>{t('card.verdictHidden')}</p>}
      {card.answer !== null && (
        <section>
          <h3 className={classes.name}>{t('card.answer')}</h3>
          <p className={classes.strong}>{t(`answer.${card.answer}`)}</p>
          {plan !== null && <AnswerNote portalId={portalId} caseId={row.caseId} />}
        </section>
      )}
      {verdict !== null && !card.isVerdictHidden ? (
        <section>
          <h3 className={classes.name}>{t('card.verdict')}</h3>
          <p className={classes.strong}>{t(`verdict.${verdict}`)}</p>
          {card.verdict !== null && <p className={classes.soft}>{nameOf(card.verdict.by)}</p>}
          {onUndoVerdict !== null && row.status !== 'disputed' && (
            <UnstyledButton className={classes.textButton} onClick={() => onUndoVerdict(row)}>
              {t('card.undoVerdict')}
            </UnstyledButton>
          )}
        </section>
      ) : (
        mayJudge &&
        row.status !== 'closed' &&
        row.status !== 'void' && (
          <section>
            <h3 className={classes.name}>{t('card.suggested')}</h3>
            <p className={classes.strong}>{t(`verdict.${card.suggested.verdict}`)}</p>
            <p className={classes.soft}>{t(`suggested.${card.suggested.why}`)}</p>
          </section>
        )
      )}
      {onReopen !== null && row.status === 'closed' && (
        <UnstyledButton className={classes.textButton} onClick={() => onReopen(row)}>
          {t('card.reopen')}
        </UnstyledButton>
      )}
      {onWake !== null && row.isSnoozed && (
        <UnstyledButton className={classes.textButton} onClick={() => onWake(row)}>
          {t('card.wake')}
        </UnstyledButton>
      )}
      {card.history !== null && (
        <section>
          <h3 className={classes.name}>{t('card.history', { n: card.history.days })}</h3>
          <p className={classes.soft}>
            {card.history.person.name ?? t('seller.nameless', { id: card.history.person.userId })}
          </p>
          {card.history.checks === 0 ? (
            <p className={classes.soft}>{t('card.noChecks')}</p>
          ) : (
            <p>
              <b className={classes.figure}>{formatCount(card.history.violations)}</b>{' '}
              {t('card.ofChecks', { n: card.history.checks })}
            </p>
          )}
        </section>
      )}
      <section>
        <h3 className={classes.name}>{t('card.people')}</h3>
        {people.length === 0 ? (
          <p className={classes.soft}>{t('card.nobodyKnown')}</p>
        ) : (
          <dl className={classes.people}>
            {people.map(({ says, person }) => (
              <div key={says}>
                <dt>{says}</dt>
                <dd>{person?.name ?? t('seller.nameless', { id: person?.userId ?? '' })}</dd>
              </div>
            ))}
          </dl>
        )}
        {row.assignee !== null && (
          <p className={classes.soft}>{t('card.assignedTo', { name: nameOf(row.assignee) })}</p>
        )}
      </section>
      {plan === null &&
        card.feedback.map(({ messageId, to, channel, state }) => (
          <p key={messageId} className={classes.soft}>
            {t('card.sentTo', {
              name: to.name ?? to.userId,
              channel: isChannel(channel) ? t(`channel.with.${channel}`) : channel,
              state: t(`feedback.${feedbackState(state)}`),
            })}
          </p>
        ))}
    </aside>
  );
}

const states = ['requested', 'cancelled', 'sent', 'failed', 'seen'] as const;

function feedbackState(state: string): (typeof states)[number] {
  return states.find((each) => each === state) ?? 'requested';
}
