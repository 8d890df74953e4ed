import { Link, getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { MomentBanner } from '../moment/moment-banner.js';
import { MomentControl } from '../moment/moment-control.js';
import { MomentContext, momentOf } from '../moment/moment.js';
import type { Moment } from '../moment/moment.js';
import { PastGate } from '../moment/past-gate.js';
import { isRecordKind } from '../portals/kind-names.js';
import { usePortal } from '../portals/use-portals.js';
import { NotFound } from '../shell/not-found.js';
import { ArrowLeftIcon } from '../ui/icons.js';
import { RecordView } from './record-view.js';
import classes from './record-page.module.css';

const route = getRouteApi('/portals/$portalId/records/$kind/$recordId');

/** One record with its time line, at an address of its own. */
export function RecordPage() {
  const { t } = useSpeech();
  const { portalId, kind, recordId } = route.useParams();
  const navigate = route.useNavigate();
  const { asOf, asAt } = route.useSearch();
  const moment = useMemo(() => momentOf({ asOf, asAt }), [asOf, asAt]);
  const zone = usePortal(portalId)?.zone ?? 'Europe/Moscow';

  useEffect(() => {
    document.title = `${t('record.title')} · Funnelwatch`;
  }, [t]);

  if (!isRecordKind(kind)) return <NotFound />;
  const show = (next: Moment) => void navigate({ search: (before) => ({ ...before, ...next }), resetScroll: false });
  return (
    <MomentContext value={moment}>
      <div className={classes.page}>
        <div className={classes.head}>
          <Link to="/portals/$portalId/funnel" params={{ portalId }} search={moment} className={classes.back}>
            <ArrowLeftIcon /> {t('record.toFunnel')}
          </Link>
          <MomentControl moment={moment} zone={zone} onMoment={show} />
        </div>
        <MomentBanner portalId={portalId} zone={zone} onMoment={show} />
        <PastGate portalId={portalId} onMoment={show}>
          <div className={classes.card}>
            <RecordView portalId={portalId} kind={kind} recordId={recordId} isPage />
          </div>
        </PastGate>
      </div>
    </MomentContext>
  );
}
