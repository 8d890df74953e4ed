import { useRouter, getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { ErrorState } from '../ui/states.js';
import { DemoSignIn } from './demo-sign-in.js';
import { PublicFrame } from './public-frame.js';
import classes from './public-frame.module.css';
import { safePath } from './safe-path.js';
import { SignInForm } from './sign-in-form.js';
import { useSignInOptions } from './use-session.js';

const route = getRouteApi('/sign-in');

/** Where one signs in; afterwards the page that was asked for is shown. */
export function SignInPage() {
  const { t } = useSpeech();
  const router = useRouter();
  const { to, why } = route.useSearch();
  const options = useSignInOptions();

  useEffect(() => {
    document.title = `${t('signIn.title')} · Funnelwatch`;
  }, [t]);

  const goOn = () => router.history.replace(safePath(to));
  const demoRoles = options.data?.demoRoles ?? [];
  return (
    <PublicFrame>
      <section className={classes.card} aria-labelledby="sign-in-title">
        <h1 id="sign-in-title" className={classes.title}>
          {t('signIn.title')}
        </h1>
        {why === 'suspended' && (
          <div className={classes.warning} role="alert">
            <strong>{t('signIn.suspendedTitle')}</strong>
            <p>{t('signIn.suspended')}</p>
          </div>
        )}
        {why === 'ended' && <p className={classes.note}>{t('signIn.ended')}</p>}
        {options.data?.needsFirstAccount === true && <p className={classes.hint}>{t('signIn.first')}</p>}
        <SignInForm onSignedIn={goOn} />
        <p className={classes.faint}>{t('signIn.forgotten')}</p>
        {options.isError && <ErrorState error={options.error} retry={() => void options.refetch()} />}
      </section>
      {demoRoles.length > 0 && <DemoSignIn roles={demoRoles} onSignedIn={goOn} />}
    </PublicFrame>
  );
}
