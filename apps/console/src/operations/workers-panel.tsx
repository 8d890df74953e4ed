import type { OperationsSummary } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { EmptyState } from '../ui/states.js';
import { rangesOf } from './ranges.js';
import { workerName } from './worker-name.js';

/** Who is alive and what they hold. */
export function WorkersPanel({ workers }: { workers: OperationsSummary['workers'] }) {
  const { t } = useSpeech();
  return (
    <Panel title={t('workers.title')} note={t('workers.note')} flush>
      {workers.length === 0 ? (
        <EmptyState title={t('workers.empty')}>{t('workers.emptyDetail')}</EmptyState>
      ) : (
        <DataTable label={t('workers.title')}>
          <thead>
            <tr>
              <th scope="col">{t('workers.name')}</th>
              <th scope="col" data-left>
                {t('workers.group')}
              </th>
              <th scope="col" data-left>
                {t('workers.buckets')}
              </th>
            </tr>
          </thead>
          <tbody>
            {workers.map((worker) => (
              <tr key={`${worker.group} ${worker.name}`}>
                <th scope="row" title={worker.name}>
                  {workerName(worker.name)}
                </th>
                <td data-left>{worker.group}</td>
                <td data-left data-wrap>
                  {worker.buckets.length === 0 ? t('workers.none') : rangesOf(worker.buckets)}
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}
