import { Link, getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { isRecordKind } from '../portals/kind-names.js';
import { NotFound } from '../shell/not-found.js';
import { ArrowLeftIcon } from '../ui/icons.js';
import { RecordView } from './record-view.js';
import classes from './record-page.module.css';

const route = getRouteApi('/portals/$portalId/records/$kind/$recordId');

/** One record with its time line, at an address of its own. */
export function RecordPage() {
  const { t } = useSpeech();
  const { portalId, kind, recordId } = route.useParams();

  useEffect(() => {
    document.title = `${t('record.title')} · Funnelwatch`;
  }, [t]);

  if (!isRecordKind(kind)) return <NotFound />;
  return (
    <div className={classes.page}>
      <Link to="/portals/$portalId/funnel" params={{ portalId }} className={classes.back}>
        <ArrowLeftIcon /> {t('record.toFunnel')}
      </Link>
      <div className={classes.card}>
        <RecordView portalId={portalId} kind={kind} recordId={recordId} isPage />
      </div>
    </div>
  );
}
