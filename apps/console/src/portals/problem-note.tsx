import { describeProblem } from '../api/problem.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './problem-note.module.css';

/** Why something was refused: one sentence, what the portal said, the id of a fault. */
export function ProblemNote({ error }: { error: Error }) {
  const { t, language } = useSpeech();
  const problem = describeProblem(error, language, t);
  return (
    <p className={classes.problem} role="alert">
      {problem.sentence}
      {problem.detail !== null && (
        <span className={classes.reason} lang="en">
          {problem.detail}
        </span>
      )}
      {problem.errorId !== null && (
        <>
          {' '}
          {t('error.id')} <code>{problem.errorId}</code>
        </>
      )}
    </p>
  );
}
