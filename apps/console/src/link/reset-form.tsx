import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { OneTimeLink } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import classes from '../session/form.module.css';
import { NewPassword } from './new-password.js';
import { lackingCharacters } from './token.js';
import { useReset } from './use-link.js';

/** Sets another password for the account of the link. */
export function ResetForm({ token, link }: { token: string; link: OneTimeLink }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const reset = useReset(token, () => void navigate({ to: '/', replace: true }));
  const [password, setPassword] = useState('');
  const [isChecked, setIsChecked] = useState(false);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsChecked(true);
    if (lackingCharacters(password) > 0) return;
    reset.mutate(password);
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {/* Lets password managers know whose password it is. */}
      <input type="hidden" name="email" autoComplete="username" value={link.email ?? ''} readOnly />
      <NewPassword
        label={t('account.nextPassword')}
        value={password}
        onChange={setPassword}
        isChecked={isChecked}
        autoFocus
      />
      {reset.isError && <ProblemNote error={reset.error} />}
      <Button type="submit" loading={reset.isPending}>
        {t('link.setPassword')}
      </Button>
    </form>
  );
}
