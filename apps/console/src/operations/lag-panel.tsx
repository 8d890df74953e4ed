import type { BucketOfProjection } from '../api/schema.js';
import { formatDuration } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { EmptyState } from '../ui/states.js';
import { ShowAll, useShown } from './show-all.js';
import { workerName } from './worker-name.js';
import classes from './lag-panel.module.css';

const ROWS_SHOWN = 16;

/** How far each read model is in each bucket, those that are behind or stand still first. */
export function LagPanel({ lag }: { lag: readonly BucketOfProjection[] }) {
  const { t } = useSpeech();
  const sorted = [...lag].sort(
    (left, right) =>
      Number(right.status === 'stopped') - Number(left.status === 'stopped') ||
      Math.round(right.seconds) - Math.round(left.seconds) ||
      (left.projection < right.projection ? -1 : left.projection > right.projection ? 1 : left.bucket - right.bucket),
  );
  const list = useShown(sorted, ROWS_SHOWN);
  return (
    <Panel title={t('lag.title')} note={t('lag.note')} flush>
      {lag.length === 0 ? (
        <EmptyState title={t('lag.empty')}>{t('lag.emptyDetail')}</EmptyState>
      ) : (
        <DataTable label={t('lag.title')}>
          <thead>
            <tr>
              <th scope="col">{t('lag.bucket')}</th>
              <th scope="col" data-left>
                {t('lag.state')}
              </th>
              <th scope="col">{t('lag.events')}</th>
              <th scope="col">{t('lag.age')}</th>
              <th scope="col">{t('lag.position')}</th>
              <th scope="col">{t('lag.portals')}</th>
              <th scope="col" data-left>
                {t('lag.worker')}
              </th>
            </tr>
          </thead>
          <tbody>
            {list.shown.map((row) => (
              <LagRow key={`${row.projection} ${row.bucket}`} row={row} />
            ))}
          </tbody>
        </DataTable>
      )}
      <ShowAll list={list} label={t('lag.all', { n: sorted.length })} />
    </Panel>
  );
}

function LagRow({ row }: { row: BucketOfProjection }) {
  const { t, language } = useSpeech();
  const state =
    row.status === 'stopped' ? 'stopped' : row.worker === null ? 'unattended' : row.events > 0 ? 'working' : 'current';
  return (
    <tr>
      <th scope="row">
        {row.projection} <span className={classes.bucket}>{row.bucket}</span>
      </th>
      <td data-left>
        <span className={classes.state} data-state={state}>
          <span className={classes.dot} aria-hidden />
          {t(`lag.${state}`)}
        </span>
        {row.errorCode !== null && <code className={classes.code}>{row.errorCode}</code>}
      </td>
      <td>{formatCount(row.events)}</td>
      <td>{row.events === 0 ? '—' : formatDuration(row.seconds * 1000, language)}</td>
      <td>
        {formatCount(row.position)} <span className={classes.of}>/ {formatCount(row.head)}</span>
      </td>
      <td>{formatCount(row.portals)}</td>
      <td data-left title={row.worker ?? undefined}>
        {row.worker === null ? '—' : workerName(row.worker)}
      </td>
    </tr>
  );
}
