import { Button, Textarea, UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../api/problem.js';
import type { AnswerPage, CaseAnswer } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import classes from './answer-page.module.css';
import { replyStanding } from './reply-standing.js';
import { useReply } from './use-reply.js';

const answers = ['fixed', 'disagree', 'not-mine'] as const satisfies readonly CaseAnswer[];
const LONGEST_COMMENT = 500;

/** Three answers, each by one press; afterwards what happens next, and room to say why. */
export function Reply({ token, page }: { token: string; page: AnswerPage }) {
  const { t } = useSpeech();
  const reply = useReply(token);
  const [isChanging, setIsChanging] = useState(false);
  const [isThanked, setIsThanked] = useState(false);
  const standing = replyStanding(page);
  const give = (answer: CaseAnswer) =>
    reply.mutate(
      { answer },
      {
        onSuccess: () => {
          setIsChanging(false);
          setIsThanked(true);
        },
      },
    );
  const failure = reply.isError && !reply.variables.comment && <ReplyFailed error={reply.error} />;

  if (standing === 'over' || standing === 'lifted') {
    return <Told title={t(`reply.${standing}`)} text={t(`reply.${standing}Text`)} isFocused={false} />;
  }
  if (standing === 'stands') {
    return (
      <>
        <Told title={t('reply.stands')} text={t('reply.standsText')} isFocused={false} />
        {failure}
        <Answers offered={['fixed']} pending={reply.isPending ? reply.variables.answer : null} onGive={give} />
      </>
    );
  }
  if (standing === 'answered' && page.answer !== null && !isChanging) {
    return (
      <>
        <Told
          title={t(isThanked ? 'reply.thanks' : 'reply.before', { answer: t(`reply.answer.${page.answer}`) })}
          text={t(`reply.next.${page.answer}`)}
          isFocused={isThanked}
        />
        {isThanked && page.answer !== 'fixed' && <Comment token={token} answer={page.answer} />}
        <UnstyledButton className={classes.change} onClick={() => setIsChanging(true)}>
          {t('reply.change')}
        </UnstyledButton>
      </>
    );
  }
  return (
    <section className={classes.reply} aria-labelledby="reply-question">
      <h2 id="reply-question" className={classes.question}>
        {t('reply.question')}
      </h2>
      {page.isResolved && <p className={classes.resolved}>{t('reply.resolved')}</p>}
      {failure}
      <Answers offered={answers} pending={reply.isPending ? reply.variables.answer : null} onGive={give} />
    </section>
  );
}

type AnswersProps = {
  offered: readonly CaseAnswer[];
  /** What is being sent. */
  pending: CaseAnswer | null;
  onGive: (answer: CaseAnswer) => void;
};

function Answers({ offered, pending, onGive }: AnswersProps) {
  const { t } = useSpeech();
  return (
    <ul className={classes.answers}>
      {offered.map((answer) => (
        <li key={answer}>
          <Button
            fullWidth
            variant={answer === 'fixed' ? 'filled' : 'default'}
            loading={pending === answer}
            disabled={pending !== null && pending !== answer}
            onClick={() => onGive(answer)}
            size="md"
            aria-describedby={`reply-${answer}`}
          >
            {t(`reply.answer.${answer}`)}
          </Button>
          <span id={`reply-${answer}`} className={classes.means}>
            {t(`reply.means.${answer}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What is the matter now; read out, and looked at first, once it comes of one's own answer. */
function Told({ title, text, isFocused }: { title: string; text: string; isFocused: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFocused) heading.current?.focus();
  }, [isFocused, title]);
  return (
    <div className={classes.told} role="status">
      <h2 ref={heading} tabIndex={-1} className={classes.toldTitle}>
        {title}
      </h2>
      <p>{text}</p>
    </div>
  );
}

/** Why somebody does not agree, for the curators of the case. The answer itself has been given. */
function Comment({ token, answer }: { token: string; answer: CaseAnswer }) {
  const { t } = useSpeech();
  const reply = useReply(token);
  const [comment, setComment] = useState('');
  if (reply.isSuccess) {
    return (
      <p className={classes.commented} role="status">
        {t('reply.commented')}
      </p>
    );
  }
  return (
    <form
      className={classes.comment}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (comment.trim() !== '') reply.mutate({ answer, comment: comment.trim() });
      }}
    >
      <Textarea
        label={t('reply.comment')}
        description={t('reply.commentNote')}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={LONGEST_COMMENT}
        // A smaller one makes phones zoom in.
        size="md"
      />
      {reply.isError && <ReplyFailed error={reply.error} />}
      <Button type="submit" variant="default" loading={reply.isPending} disabled={comment.trim() === ''}>
        {t('reply.sendComment')}
      </Button>
    </form>
  );
}

function ReplyFailed({ error }: { error: Error }) {
  const { t } = useSpeech();
  const isAway = error instanceof ApiProblem && error.status === 0;
  if (!isAway) return <ProblemNote error={error} />;
  return (
    <p className={classes.away} role="alert">
      {t('reply.away')}
    </p>
  );
}
