import { Progress } from '@mantine/core';
import type { Rebuild } from '../api/schema.js';
import { formatDuration, formatInstant } from '../format/dates.js';
import { formatDecimal, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { useRebuilds } from './use-operations.js';
import classes from './rebuilds-panel.module.css';

const states = {
  serving: 'rebuild.serving',
  building: 'rebuild.building',
  retired: 'rebuild.retired',
  failed: 'rebuild.failed',
} as const satisfies Record<Rebuild['state'], MessageKey>;

/** Generations of the read models: what serves, what is built beside it, what can be gone back to. */
export function RebuildsPanel() {
  const { t } = useSpeech();
  const rebuilds = useRebuilds();
  return (
    <Panel title={t('rebuild.title')} note={t('rebuild.note')} flush>
      {rebuilds.data === undefined ? (
        rebuilds.isError ? (
          <ErrorState error={rebuilds.error} retry={() => void rebuilds.refetch()} />
        ) : (
          <TableSkeleton rows={2} />
        )
      ) : rebuilds.data.length === 0 ? (
        <EmptyState title={t('rebuild.empty')} />
      ) : (
        <DataTable label={t('rebuild.title')}>
          <thead>
            <tr>
              <th scope="col">{t('rebuild.generation')}</th>
              <th scope="col" data-left>
                {t('rebuild.state')}
              </th>
              <th scope="col" data-left>
                {t('rebuild.progress')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rebuilds.data.map((rebuild) => (
              <tr key={`${rebuild.projection} ${rebuild.generation}`}>
                <th scope="row">
                  {rebuild.projection} <span className={classes.generation}>{rebuild.generation}</span>
                </th>
                <td data-left>
                  <span className={classes.state} data-state={rebuild.state}>
                    {t(states[rebuild.state])}
                  </span>
                </td>
                <td data-left data-wrap>
                  <RebuildProgress rebuild={rebuild} />
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}

function RebuildProgress({ rebuild }: { rebuild: Rebuild }) {
  const { t, language } = useSpeech();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  switch (rebuild.state) {
    case 'failed':
      return (
        <>
          {t('rebuild.differs')}
          {rebuild.failure !== null && <code className={classes.failure}>{rebuild.failure}</code>}
        </>
      );
    case 'serving':
      return rebuild.switchedAt === null
        ? '—'
        : t('rebuild.since', { at: formatInstant(rebuild.switchedAt, zone, language) });
    case 'retired':
      return (
        <>
          {t('rebuild.canGoBack')}{' '}
          <code className={classes.command}>funnelwatch rebuild {rebuild.projection} --roll-back</code>
        </>
      );
    case 'building': {
      const share = rebuild.total === 0 ? 1 : Math.min(1, rebuild.done / rebuild.total);
      const parts = [
        formatPercent(Math.floor(share * 1000) / 1000, language),
        t('rebuild.doneOf', { done: rebuild.done, total: rebuild.total }),
        rebuild.eventsPerSecond === null
          ? null
          : t('rebuild.rate', { rate: formatDecimal(rebuild.eventsPerSecond, 0, language) }),
        rebuild.secondsLeft === null
          ? null
          : t('backfill.left', { time: formatDuration(rebuild.secondsLeft * 1000, language) }),
      ].filter((part) => part !== null);
      return (
        <>
          <Progress value={share * 100} className={classes.bar ?? ''} aria-label={t('rebuild.progress')} />
          <span className={classes.parts}>{parts.join(' · ')}</span>
          {rebuild.postponed !== null && (
            <span className={classes.parts}>
              {t('rebuild.postponed')} <code>{rebuild.postponed}</code>
            </span>
          )}
        </>
      );
    }
  }
}
