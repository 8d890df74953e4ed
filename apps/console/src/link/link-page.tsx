import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { answerOf, api } from '../api/client.js';
import { ApiProblem, describeProblem } from '../api/problem.js';
import type { OneTimeLink } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import type { Translate } from '../i18n/i18n.js';
import { PublicFrame } from '../session/public-frame.js';
import classes from '../session/public-frame.module.css';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { JoinForm } from './join-form.js';
import { ResetForm } from './reset-form.js';
import { isToken } from './token.js';

/** What a one-time link lets one do: become the first integrator, take an invitation, set another password. */
export function LinkPage() {
  const { t } = useSpeech();
  const token = useToken();
  const link = useInspectedLink(token);

  useEffect(() => {
    document.title = `${t('link.title')} · Funnelwatch`;
  }, [t]);

  return (
    <PublicFrame>
      <section className={classes.card} aria-labelledby="link-title">
        {token === null && <Unusable title={t('link.none')} text={t('link.noneText')} />}
        {token !== null && link.isPending && <TableSkeleton rows={4} />}
        {token !== null && link.isError && <Refused error={link.error} retry={() => void link.refetch()} />}
        {token !== null && link.data !== undefined && <UsableLink token={token} link={link.data} />}
      </section>
    </PublicFrame>
  );
}

/** The token out of the address's fragment, which is removed at once: nobody should read it over a shoulder. */
function useToken(): string | null {
  const navigate = useNavigate();
  const hash = useLocation({ select: (location) => location.hash });
  const [token, setToken] = useState<string | null>(hash === '' ? null : hash);
  useEffect(() => {
    if (hash === '') return;
    setToken(hash);
    void navigate({ to: '/link', hash: '', replace: true });
  }, [hash, navigate]);
  return token;
}

function useInspectedLink(token: string | null) {
  return useQuery({
    queryKey: ['link', token],
    queryFn: ({ signal }) =>
      isToken(token)
        ? answerOf(api.POST('/api/v1/links/inspect', { body: { token }, signal }))
        : Promise.reject(new ApiProblem(404, 'LINK_UNKNOWN', '', null, [])),
    enabled: token !== null,
    // Asking again counts for nothing, and a form that is being filled in must not go away.
    staleTime: Infinity,
    gcTime: 0,
  });
}

function UsableLink({ token, link }: { token: string; link: OneTimeLink }) {
  const { t, language } = useSpeech();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { title, text } = purposeOf(link, t);
  return (
    <>
      <h1 id="link-title" className={classes.title}>
        {title}
      </h1>
      <p className={classes.text}>{text}</p>
      {link.kind === 'reset' ? <ResetForm token={token} link={link} /> : <JoinForm token={token} link={link} />}
      <p className={classes.faint}>{t('link.until', { at: formatInstant(link.expiresAt, zone, language) })}</p>
    </>
  );
}

function purposeOf({ kind, role, portalName, email }: OneTimeLink, t: Translate): { title: string; text: string } {
  if (kind === 'first') return { title: t('link.firstTitle'), text: t('link.firstText') };
  if (kind === 'reset') return { title: t('link.resetTitle'), text: t('link.resetText', { email: email ?? '' }) };
  const named = role === null ? '' : t(`role.${role}`);
  return {
    title: t('link.invitationTitle'),
    text:
      portalName === null
        ? t('link.invitationAll', { role: named })
        : t('link.invitationPortal', { portal: portalName, role: named }),
  };
}

const final = new Set(['LINK_UNKNOWN', 'LINK_USED', 'LINK_EXPIRED', 'PORTAL_UNKNOWN']);

function Refused({ error, retry }: { error: Error; retry: () => void }) {
  const { t, language } = useSpeech();
  if (!(error instanceof ApiProblem) || !final.has(error.code)) return <ErrorState error={error} retry={retry} />;
  const text = error.code === 'PORTAL_UNKNOWN' ? t('link.portalGone') : describeProblem(error, language, t).sentence;
  return <Unusable title={t('link.unusable')} text={text} />;
}

function Unusable({ title, text }: { title: string; text: string }) {
  const { t } = useSpeech();
  return (
    <>
      <h1 id="link-title" className={classes.title}>
        {title}
      </h1>
      <p className={classes.note} role="alert">
        {text}
      </p>
      <Link to="/sign-in">{t('link.toSignIn')}</Link>
    </>
  );
}
