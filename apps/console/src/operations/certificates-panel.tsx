import type { Portal } from '../api/schema.js';
import { formatDay, formatDuration } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { EmptyState } from '../ui/states.js';
import { certificateAge } from './verdict.js';
import classes from './certificates-panel.module.css';

/** How long ago each portal was last found complete, the longest ago first. */
export function CertificatesPanel({ portals, at }: { portals: readonly Portal[]; at: string }) {
  const { t, language } = useSpeech();
  const now = new Date(at);
  const rows = portals
    .map((portal) => ({ portal, age: certificateAge(portal, now) }))
    .sort((left, right) => (right.age ?? Infinity) - (left.age ?? Infinity));
  return (
    <Panel title={t('certificates.title')} note={t('certificates.note')} flush>
      {rows.length === 0 ? (
        <EmptyState title={t('certificates.empty')} />
      ) : (
        <DataTable label={t('certificates.title')}>
          <thead>
            <tr>
              <th scope="col">{t('certificates.portal')}</th>
              <th scope="col" data-left>
                {t('certificates.day')}
              </th>
              <th scope="col">{t('certificates.age')}</th>
              <th scope="col">{t('certificates.gap')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ portal, age }) => (
              <tr key={portal.portalId}>
                <th scope="row" title={portal.host}>
                  {portal.name}
                </th>
                <td data-left>
                  {portal.certificate === null ? (
                    <span className={classes.none}>{t('certificates.none')}</span>
                  ) : (
                    formatDay(portal.certificate.day, language)
                  )}
                </td>
                <td>{age === null ? '—' : formatDuration(age * 1000, language)}</td>
                <td data-bad={(portal.certificate?.unexplained ?? 0) > 0 || undefined} className={classes.gap}>
                  {portal.certificate === null ? '—' : formatCount(portal.certificate.unexplained)}
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}
