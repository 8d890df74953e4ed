import { UnstyledButton } from '@mantine/core';
import type { Role } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import classes from './demo-sign-in.module.css';
import { useDemoSignIn } from './use-session.js';

/** Ready accounts of the simulated portal, one button for each role; apart from the form, as they are no sign-in. */
export function DemoSignIn({ roles, onSignedIn }: { roles: readonly Role[]; onSignedIn: () => void }) {
  const { t } = useSpeech();
  const signIn = useDemoSignIn(onSignedIn);
  return (
    <section className={classes.panel} aria-labelledby="demo-title">
      <h2 id="demo-title" className={classes.title}>
        {t('signIn.demoTitle')}
      </h2>
      <p className={classes.note}>{t('signIn.demoNote')}</p>
      <ul className={classes.roles}>
        {roles.map((role) => (
          <li key={role}>
            <UnstyledButton
              className={classes.role}
              disabled={signIn.isPending}
              data-waiting={(signIn.isPending && signIn.variables === role) || undefined}
              onClick={() => signIn.mutate(role)}
            >
              <span className={classes.name}>{t('signIn.demoAs', { role: t(`role.${role}`) })}</span>
              <span className={classes.does}>{t(`role.${role}.does`)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {signIn.isError && <ProblemNote error={signIn.error} />}
    </section>
  );
}
