import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { ApiProblem } from '../api/problem.js';
import type { Me, OneTimeLink } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import classes from '../session/form.module.css';
import { SignInForm } from '../session/sign-in-form.js';
import { useMe } from '../session/use-me.js';
import styles from './join-form.module.css';
import { NewPassword } from './new-password.js';
import { lackingCharacters, mayBeEmail } from './token.js';
import { useJoin, useJoinSignedIn } from './use-link.js';

/** Takes a first link or an invitation: with a new account, or with one that somebody has. */
export function JoinForm({ token, link }: { token: string; link: OneTimeLink }) {
  const { t } = useSpeech();
  const me = useMe();
  const [wantsNew, setWantsNew] = useState(false);
  const [hasAccount, setHasAccount] = useState(false);
  // Anybody at this machine may be a demo account: it takes no invitation.
  if (me.data !== undefined && !me.data.isDemo && !wantsNew) {
    return (
      <>
        <TakeSignedIn token={token} me={me.data} />
        <UnstyledButton className={styles.other} onClick={() => setWantsNew(true)}>
          {t('link.newAccount')}
        </UnstyledButton>
      </>
    );
  }
  return (
    <>
      {hasAccount ? (
        <>
          <p className={classes.hint}>{t('link.signInAndTake')}</p>
          <SignInForm onSignedIn={() => setWantsNew(false)} />
        </>
      ) : (
        <NewAccount token={token} link={link} onHasAccount={() => setHasAccount(true)} />
      )}
      <UnstyledButton className={styles.other} onClick={() => setHasAccount(!hasAccount)}>
        {t(hasAccount ? 'link.newAccount' : 'link.haveAccount')}
      </UnstyledButton>
    </>
  );
}

/** Whoever is signed in decides once more: they may have meant another account. */
function TakeSignedIn({ token, me }: { token: string; me: Me }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const take = useJoinSignedIn(token, () => void navigate({ to: '/', replace: true }));
  return (
    <div className={classes.form}>
      <p className={classes.hint}>{t('link.signedInAs', { name: me.name, email: me.email })}</p>
      {take.isError && <ProblemNote error={take.error} />}
      <Button autoFocus loading={take.isPending} onClick={() => take.mutate()}>
        {t('link.take')}
      </Button>
    </div>
  );
}

type NewAccountProps = { token: string; link: OneTimeLink; onHasAccount: () => void };

function NewAccount({ token, link, onHasAccount }: NewAccountProps) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const join = useJoin(token, () => void navigate({ to: '/', replace: true }));
  const [name, setName] = useState(link.personName ?? '');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const isNamed = name.trim() !== '';
  const isEmail = mayBeEmail(email.trim());

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsChecked(true);
    if (!isNamed || !isEmail || lackingCharacters(password) > 0) return;
    join.mutate({ name: name.trim(), email: email.trim(), password });
  };
  const isTaken = join.error instanceof ApiProblem && join.error.code === 'EMAIL_TAKEN';
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        name="name"
        label={t('link.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        autoComplete="name"
        autoFocus={link.personName === null}
        error={isChecked && !isNamed ? t('link.nameMissing') : undefined}
      />
      <TextInput
        type="email"
        name="email"
        label={t('signIn.email')}
        description={t('link.emailHint')}
        value={email}
        onChange={(event) => {
          setEmail(event.currentTarget.value);
          join.reset();
        }}
        maxLength={200}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={link.personName !== null}
        error={isChecked && !isEmail ? t('link.emailWrong') : undefined}
      />
      <NewPassword label={t('link.newPassword')} value={password} onChange={setPassword} isChecked={isChecked} />
      {join.isError && <ProblemNote error={join.error} />}
      {isTaken && (
        <Button variant="default" onClick={onHasAccount}>
          {t('link.haveAccount')}
        </Button>
      )}
      <Button type="submit" loading={join.isPending}>
        {t('link.create')}
      </Button>
    </form>
  );
}
