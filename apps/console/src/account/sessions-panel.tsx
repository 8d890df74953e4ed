import { Button } from '@mantine/core';
import type { Session } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { CardTable } from '../ui/card-table.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import classes from './account-page.module.css';
import { deviceOf } from './device.js';
import { useOwnAccount, useSessions } from './use-sessions.js';

/** Where one is signed in; each session can be ended. */
export function SessionsPanel() {
  const { t } = useSpeech();
  const sessions = useSessions();
  const { end, endOthers } = useOwnAccount();
  const hasOthers = sessions.data?.some(({ isThis }) => !isThis) ?? false;
  const failed = end.error ?? endOthers.error;
  return (
    <Panel
      title={t('account.sessions')}
      note={t('account.sessionsNote')}
      flush
      aside={
        hasOthers && (
          <Button size="xs" variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('account.endOthers')}
          </Button>
        )
      }
    >
      {failed !== null && (
        <div className={classes.problem}>
          <ProblemNote error={failed} />
        </div>
      )}
      {sessions.data === undefined ? (
        sessions.isError ? (
          <ErrorState error={sessions.error} retry={() => void sessions.refetch()} />
        ) : (
          <TableSkeleton rows={3} />
        )
      ) : (
        <CardTable label={t('account.sessions')}>
          <thead>
            <tr>
              <th scope="col">{t('account.session')}</th>
              <th scope="col">{t('account.address')}</th>
              <th scope="col">{t('account.since')}</th>
              <th scope="col">{t('account.until')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('account.end')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.data.map((session) => (
              <SessionRow
                key={session.sessionId}
                session={session}
                isEnding={end.isPending && end.variables === session.sessionId}
                onEnd={() => end.mutate(session.sessionId)}
              />
            ))}
          </tbody>
        </CardTable>
      )}
    </Panel>
  );
}

function SessionRow({ session, isEnding, onEnd }: { session: Session; isEnding: boolean; onEnd: () => void }) {
  const { t, language } = useSpeech();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const device = deviceOf(session.userAgent) ?? t('account.sessionUnknown');
  return (
    <tr data-row tabIndex={-1}>
      <th scope="row" data-main title={session.userAgent ?? undefined}>
        {device}
        {session.isThis && <span className={classes.this}>{t('account.sessionThis')}</span>}
      </th>
      <td data-label={t('account.address')}>{session.address ?? '—'}</td>
      <td data-label={t('account.since')} data-nowrap>
        {formatInstant(session.createdAt, zone, language)}
      </td>
      <td data-label={t('account.until')} data-nowrap>
        {formatInstant(session.expiresAt, zone, language)}
      </td>
      <td data-actions data-wide>
        {!session.isThis && (
          <Button size="compact-xs" variant="default" loading={isEnding} onClick={onEnd}>
            {t('account.end')}
            <span className="visually-hidden">: {device}</span>
          </Button>
        )}
      </td>
    </tr>
  );
}
