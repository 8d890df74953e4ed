import type { ReactNode } from 'react';
import type { PortalCapture } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { EmptyState, TableSkeleton } from '../ui/states.js';
import { PortalLink } from './portal-link.js';
import { ShowAll, useShown } from './show-all.js';

const PORTALS_SHOWN = 16;

type Column = { label: string; isLeft?: true };

type PortalPanelProps = {
  title: string;
  note: string;
  /** Undefined while they are being read. */
  portals: readonly PortalCapture[] | undefined;
  /** Those to be shown, in order. */
  arrange: (portals: readonly PortalCapture[]) => PortalCapture[];
  /** After the one with the portal. */
  columns: readonly Column[];
  empty: string;
  /** Cells of a portal, one for each column. */
  cells: (portal: PortalCapture) => ReactNode;
};

/** A line for each portal, under its name. */
export function PortalPanel({ title, note, portals, arrange, columns, empty, cells }: PortalPanelProps) {
  const { t } = useSpeech();
  const rows = arrange(portals ?? []);
  const list = useShown(rows, PORTALS_SHOWN);
  return (
    <Panel title={title} note={note} flush>
      {portals === undefined && <TableSkeleton rows={3} />}
      {portals !== undefined && rows.length === 0 && <EmptyState title={empty} />}
      {rows.length > 0 && (
        <DataTable label={title}>
          <thead>
            <tr>
              <th scope="col">{t('watched.portal')}</th>
              {columns.map(({ label, isLeft }) => (
                <th key={label} scope="col" data-left={isLeft}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.shown.map((portal) => (
              <tr key={portal.portalId}>
                <th scope="row">
                  <PortalLink portalId={portal.portalId} name={portal.portalName} />
                </th>
                {cells(portal)}
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
      <ShowAll list={list} label={t('watched.all', { n: rows.length })} />
    </Panel>
  );
}
