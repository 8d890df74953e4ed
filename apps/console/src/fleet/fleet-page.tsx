import { Button, Select, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { foldText } from '../people/people-list.js';
import { usePortals } from '../portals/use-portals.js';
import { useAccess } from '../session/use-me.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { fleetColumns, needsAttention, nextOrder, sortFleet } from './fleet-order.js';
import type { FleetOrder } from './fleet-order.js';
import classes from './fleet-page.module.css';
import { columnNames, FleetTable } from './fleet-table.js';

const ROWS_SHOWN = 100;

/** Every portal one may see in a line of its own: is it connected, fresh, complete. */
export function FleetPage() {
  const { t } = useSpeech();
  const portals = usePortals();
  const mayConnect = useAccess().may('portals.register');
  const [order, setOrder] = useState<FleetOrder>({ by: 'attention', isReversed: false });
  const [wanted, setWanted] = useState('');
  const [shown, setShown] = useState(ROWS_SHOWN);

  useEffect(() => {
    document.title = `${t('fleet.title')} · Funnelwatch`;
  }, [t]);

  if (portals.data === undefined) {
    return (
      <>
        <h1 className={classes.title}>{t('fleet.title')}</h1>
        {portals.isError ? (
          <ErrorState error={portals.error} retry={() => void portals.refetch()} />
        ) : (
          <TableSkeleton rows={10} />
        )}
      </>
    );
  }
  const all = portals.data;
  const troubled = all.filter(needsAttention).length;
  const word = foldText(wanted);
  const found = sortFleet(
    all.filter(({ name, host }) => foldText(`${name} ${host}`).includes(word)),
    order,
  );
  return (
    <>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('fleet.title')}</h1>
        {all.length > 0 && (
          <p className={classes.summary}>
            {t('fleet.portals', { n: all.length })},{' '}
            <span className={classes.verdict} data-bad={troubled > 0 || undefined}>
              {troubled > 0 ? t('fleet.troubled', { n: troubled }) : t('fleet.well')}
            </span>
          </p>
        )}
      </header>
      {portals.isError && <ErrorState error={portals.error} retry={() => void portals.refetch()} />}
      <section className={classes.list} data-stale={portals.isError || undefined} aria-label={t('fleet.title')}>
        {all.length === 0 ? (
          <EmptyState title={t('fleet.empty')}>
            {mayConnect && <Link to="/portals">{t('fleet.connect')}</Link>}
          </EmptyState>
        ) : (
          <>
            <div className={classes.tools} role="search">
              <TextInput
                className={classes.find ?? ''}
                label={t('fleet.find')}
                value={wanted}
                onChange={(event) => setWanted(event.currentTarget.value)}
                type="search"
                maxLength={100}
                autoComplete="off"
              />
              <Select
                className={classes.sort ?? ''}
                label={t('fleet.sort')}
                value={order.by}
                onChange={(value) =>
                  setOrder({ by: fleetColumns.find((column) => column === value) ?? 'attention', isReversed: false })
                }
                data={[
                  { value: 'attention', label: t('fleet.attentionFirst') },
                  ...fleetColumns.map((column) => ({ value: column, label: t(columnNames[column]) })),
                ]}
                allowDeselect={false}
              />
              <span className={classes.found} role="status">
                {found.length !== all.length && `${formatCount(found.length)} / ${formatCount(all.length)}`}
              </span>
            </div>
            {found.length === 0 ? (
              <EmptyState title={t('toolbar.nothing')} />
            ) : (
              <FleetTable
                portals={found.slice(0, shown)}
                order={order}
                onSort={(column) => setOrder(nextOrder(order, column))}
              />
            )}
            {found.length > shown && (
              <div className={classes.more}>
                <Button size="xs" variant="default" onClick={() => setShown(shown + ROWS_SHOWN)}>
                  {t('people.more', { n: Math.min(found.length - shown, ROWS_SHOWN) })}
                </Button>
              </div>
            )}
          </>
        )}
      </section>
    </>
  );
}
