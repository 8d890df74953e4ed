import { Link, getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { usePortal } from '../portals/use-portals.js';
import { useAccess } from '../session/use-me.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { ChannelRow } from './channel-row.js';
import classes from './feedback-page.module.css';
import { GoodWordsPanel } from './good-words-panel.js';
import { MessagesPanel } from './messages-panel.js';
import { useChannels } from './use-feedback.js';

const route = getRouteApi('/portals/$portalId/feedback');

/** Ways into the portal, each off until somebody switches it on, and what went by them. */
export function FeedbackPage() {
  const { t } = useSpeech();
  const { portalId } = route.useParams();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const portal = usePortal(portalId);
  const mayManage = useAccess().may('rules.manage', portalId);
  const channels = useChannels(portalId);
  const zone = portal?.zone ?? 'Europe/Moscow';

  useEffect(() => {
    const parts = [t('feedbackPage.title'), portal?.name, 'Funnelwatch'];
    document.title = parts.filter((part) => part !== undefined).join(' · ');
  }, [t, portal?.name]);

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('feedbackPage.title')}</h1>
        <Link to="/portals/$portalId/queue" params={{ portalId }} search={{}} preload={false}>
          {t('feedbackPage.toQueue')}
        </Link>
        <p className={classes.lead}>{t('feedbackPage.lead')}</p>
      </header>
      {portal?.status === 'paused' && (
        <p className={classes.paused} role="status">
          {t('feedbackPage.paused')}
        </p>
      )}
      <Panel
        flush
        title={t('channels.title')}
        note={mayManage ? t('channels.note') : `${t('channels.note')}. ${t('channels.onlyIntegrator')}`}
      >
        {channels.data === undefined ? (
          channels.isError ? (
            <ErrorState error={channels.error} retry={() => void channels.refetch()} />
          ) : (
            <TableSkeleton rows={6} />
          )
        ) : (
          <ul className={classes.channels}>
            {channels.data.map((setting) => (
              <ChannelRow
                key={setting.channel}
                portalId={portalId}
                portalName={portal?.name ?? ''}
                setting={setting}
                zone={zone}
                mayManage={mayManage}
              />
            ))}
          </ul>
        )}
      </Panel>
      <GoodWordsPanel portalId={portalId} mayManage={mayManage} />
      <MessagesPanel
        portalId={portalId}
        zone={zone}
        state={state}
        onState={(next) =>
          void navigate({ search: next === undefined ? {} : { state: next }, replace: true, resetScroll: false })
        }
      />
    </div>
  );
}
