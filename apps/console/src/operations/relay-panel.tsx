import type { OperationsSummary } from '../api/schema.js';
import { formatDuration } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';

const BUCKETS_SHOWN = 8;

/** How far Kafka is behind the log, in the buckets where it is furthest behind; nothing where there is no Kafka. */
export function RelayPanel({ relay }: { relay: OperationsSummary['relay'] }) {
  const { t, language } = useSpeech();
  if (relay.length === 0) return null;
  const events = relay.reduce((sum, each) => sum + each.events, 0);
  const behind = [...relay]
    .filter((each) => each.events > 0)
    .sort((left, right) => right.seconds - left.seconds || right.events - left.events || left.bucket - right.bucket)
    .slice(0, BUCKETS_SHOWN);
  return (
    <Panel
      title={t('relay.title')}
      note={events === 0 ? t('relay.current', { n: relay.length }) : t('relay.behind', { n: events })}
      flush={behind.length > 0}
    >
      {behind.length > 0 && (
        <DataTable label={t('relay.title')}>
          <thead>
            <tr>
              <th scope="col">{t('relay.bucket')}</th>
              <th scope="col">{t('lag.events')}</th>
              <th scope="col">{t('lag.age')}</th>
              <th scope="col">{t('lag.position')}</th>
            </tr>
          </thead>
          <tbody>
            {behind.map((row) => (
              <tr key={row.bucket}>
                <th scope="row">{row.bucket}</th>
                <td>{formatCount(row.events)}</td>
                <td>{formatDuration(row.seconds * 1000, language)}</td>
                <td>
                  {formatCount(row.position)} / {formatCount(row.head)}
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}
