import { formatDay, formatDuration } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { standingOf } from './alarms.js';
import classes from './certificates-panel.module.css';
import { byCertificate } from './portal-order.js';
import { PortalPanel } from './portal-panel.js';
import type { WatchedPortals } from './watched-portals.js';

/** How long ago each portal was last found complete, the longest ago first. */
export function CertificatesPanel({ portals, signals }: WatchedPortals) {
  const { t, language } = useSpeech();
  return (
    <PortalPanel
      title={t('certificates.title')}
      note={t('certificates.note')}
      portals={portals}
      arrange={byCertificate}
      empty={t('watched.noPortals')}
      columns={[
        { label: t('certificates.day'), isLeft: true },
        { label: t('certificates.age') },
        { label: t('certificates.gap') },
      ]}
      cells={({ portalId, certificate }) => (
        <>
          <td data-left>
            {certificate === null ? (
              <span className={classes.none}>{t('certificates.none')}</span>
            ) : (
              formatDay(certificate.day, language)
            )}
          </td>
          <td className={classes.figure} data-standing={standingOf(signals, portalId, 'certificate_age')}>
            {certificate === null ? '—' : formatDuration(certificate.ageSeconds * 1000, language)}
          </td>
          <td className={classes.gap} data-bad={(certificate?.unexplained ?? 0) !== 0 || undefined}>
            {certificate === null ? '—' : formatCount(certificate.unexplained)}
          </td>
        </>
      )}
    />
  );
}
