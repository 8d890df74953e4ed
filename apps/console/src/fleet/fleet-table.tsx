import { UnstyledButton } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import type { Portal } from '../api/schema.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { useAccess } from '../session/use-me.js';
import { CardTable } from '../ui/card-table.js';
import { ChevronIcon } from '../ui/icons.js';
import { Budget, Completeness, Connection, Freshness, Phase } from './fleet-cells.js';
import { fleetColumns, needsAttention } from './fleet-order.js';
import type { FleetColumn, FleetOrder } from './fleet-order.js';
import classes from './fleet-page.module.css';

export const columnNames = {
  portal: 'fleet.portal',
  connection: 'fleet.connection',
  phase: 'fleet.phase',
  freshness: 'fleet.freshness',
  completeness: 'fleet.completeness',
  behind: 'fleet.behind',
  budget: 'fleet.budget',
} as const satisfies Record<FleetColumn, MessageKey>;

type FleetTableProps = {
  portals: readonly Portal[];
  order: FleetOrder;
  onSort: (column: FleetColumn) => void;
};

/** One line for each portal; the heads sort. */
export function FleetTable({ portals, order, onSort }: FleetTableProps) {
  const { t } = useSpeech();
  return (
    <CardTable label={t('fleet.title')} isDense>
      <thead>
        <tr>
          {fleetColumns.map((column) => {
            const isSorted = order.by === column;
            return (
              <th
                key={column}
                scope="col"
                data-number={column === 'behind' || undefined}
                aria-sort={isSorted ? (order.isReversed ? 'descending' : 'ascending') : undefined}
              >
                <UnstyledButton
                  className={classes.sorter}
                  data-sorted={isSorted ? (order.isReversed ? 'reversed' : 'straight') : undefined}
                  onClick={() => onSort(column)}
                  title={t('fleet.sortedBy', { column: t(columnNames[column]) })}
                >
                  {t(columnNames[column])}
                  <ChevronIcon />
                </UnstyledButton>
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {portals.map((portal) => (
          <FleetRow key={portal.portalId} portal={portal} />
        ))}
      </tbody>
    </CardTable>
  );
}

function FleetRow({ portal }: { portal: Portal }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const { portalId, name, host, freshness } = portal;
  const maySeeFigures = useAccess().may('figures.read', portalId);
  const open = (event: MouseEvent) => {
    // Links and marked text keep their own meaning.
    if ((event.target as HTMLElement).closest('a, button') !== null || window.getSelection()?.type === 'Range') return;
    void (maySeeFigures
      ? navigate({ to: '/portals/$portalId/funnel', params: { portalId } })
      : navigate({ to: '/portals' }));
  };
  return (
    <tr className={classes.row} data-attention={needsAttention(portal) || undefined} onClick={open}>
      <th scope="row" data-main className={classes.portal}>
        {maySeeFigures ? (
          <Link to="/portals/$portalId/funnel" params={{ portalId }} className={classes.name} data-row>
            {name}
          </Link>
        ) : (
          <Link to="/portals" className={classes.name} data-row>
            {name}
          </Link>
        )}
        <span className={classes.under}>{host}</span>
      </th>
      <td data-label={t('fleet.connection')} className={classes.connection}>
        <Connection portal={portal} />
      </td>
      <td data-label={t('fleet.phase')}>
        <Phase portal={portal} />
      </td>
      <td data-label={t('fleet.freshness')} className={classes.even}>
        <Freshness portal={portal} />
      </td>
      <td data-label={t('fleet.completeness')} className={classes.even}>
        <Completeness portal={portal} />
      </td>
      <td
        data-label={t('fleet.eventsBehind')}
        title={t('fleet.eventsBehind')}
        data-number
        data-empty={freshness.eventsBehind === 0 || undefined}
      >
        {freshness.eventsBehind === 0 ? <span className={classes.faint}>0</span> : formatCount(freshness.eventsBehind)}
      </td>
      <td data-label={t('fleet.budget')}>
        <Budget portal={portal} />
      </td>
    </tr>
  );
}
