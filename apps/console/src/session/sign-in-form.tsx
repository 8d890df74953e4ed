import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import classes from './form.module.css';
import { isWait, useCountdown } from './use-countdown.js';
import { useSignIn } from './use-session.js';

/** E-mail and password; after many failures it waits as long as the API asks. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useSpeech();
  const signIn = useSignIn(onSignedIn);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const secondsLeft = useCountdown(signIn.error);
  const isFilled = email.trim() !== '' && password !== '';

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsChecked(true);
    if (!isFilled || secondsLeft > 0) return;
    signIn.mutate({ email: email.trim(), password });
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        type="email"
        name="email"
        label={t('signIn.email')}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        maxLength={200}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
      />
      <PasswordInput
        name="password"
        label={t('signIn.password')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        maxLength={200}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
      />
      {isChecked && !isFilled && (
        <p className={classes.wrong} role="alert">
          {t('signIn.missing')}
        </p>
      )}
      {secondsLeft > 0 ? (
        <p className={classes.wait} role="status">
          {t('signIn.wait', { n: secondsLeft })}
        </p>
      ) : (
        signIn.isError && isFilled && !isWait(signIn.error) && <ProblemNote error={signIn.error} />
      )}
      <Button type="submit" loading={signIn.isPending} disabled={secondsLeft > 0}>
        {t('signIn.submit')}
      </Button>
    </form>
  );
}
