import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { NewPassword } from '../link/new-password.js';
import { lackingCharacters } from '../link/token.js';
import { ProblemNote } from '../portals/problem-note.js';
import classes from '../session/form.module.css';
import { isWait, useCountdown } from '../session/use-countdown.js';
import styles from './account-page.module.css';
import { useOwnAccount } from './use-sessions.js';

/** Sets another password for whoever knows the present one. */
export function ChangePassword({ email }: { email: string }) {
  const { t } = useSpeech();
  const { changePassword: change } = useOwnAccount();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const secondsLeft = useCountdown(change.error);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsChecked(true);
    if (current === '' || lackingCharacters(next) > 0 || secondsLeft > 0) return;
    change.mutate(
      { current, next },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          setIsChecked(false);
        },
      },
    );
  };
  return (
    <form className={`${classes.form} ${styles.password}`} onSubmit={submit} noValidate>
      {/* Lets password managers know whose password it is. */}
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <PasswordInput
        name="password"
        label={t('account.currentPassword')}
        value={current}
        onChange={(event) => {
          setCurrent(event.currentTarget.value);
          if (change.isSuccess) change.reset();
        }}
        maxLength={200}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        error={isChecked && current === '' ? t('account.currentPassword') : undefined}
      />
      <NewPassword label={t('account.nextPassword')} value={next} onChange={setNext} isChecked={isChecked} />
      {secondsLeft > 0 ? (
        <p className={classes.wait} role="status">
          {t('signIn.wait', { n: secondsLeft })}
        </p>
      ) : (
        change.isError && !isWait(change.error) && <ProblemNote error={change.error} />
      )}
      {change.isSuccess && (
        <p className={classes.done} role="status">
          {t('account.passwordChanged')}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" loading={change.isPending} disabled={secondsLeft > 0}>
          {t('account.changePassword')}
        </Button>
      </div>
    </form>
  );
}
