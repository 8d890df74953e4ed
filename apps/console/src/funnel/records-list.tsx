import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { RecordSummary } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { formatMoney } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { useLive } from '../live/live-changes.js';
import { recordKey } from '../live/recent-records.js';
import { PersonalSwitch } from '../personal/personal-switch.js';
import { FreshnessBadge } from '../portals/freshness-badge.js';
import { recordTitle } from '../record/record-title.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { sellerName } from './funnel-frame.js';
import type { FunnelFrame } from './funnel-frame.js';
import { useFigureRecords } from './use-funnel.js';
import type { FigureQuery } from './use-funnel.js';
import classes from './records-list.module.css';

const route = getRouteApi('/portals/$portalId/funnel');
const ROW_PX = 58;
const ROWS_AHEAD = 12;

/** The records behind a number; only those in sight are in the page, further ones are read on the way down. */
export function RecordsList({ frame, figure }: { frame: FunnelFrame; figure: FigureQuery }) {
  const { t } = useSpeech();
  const records = useFigureRecords(frame.portalId, figure);
  const scroll = useRef<HTMLDivElement>(null);
  const items = records.data?.pages.flatMap((page) => page.items) ?? [];
  const first = records.data?.pages[0];
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: ROWS_AHEAD,
  });
  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? -1;
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = records;

  useEffect(() => {
    if (lastShown < items.length - ROWS_AHEAD) return;
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [lastShown, items.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  if (first === undefined) {
    return records.isError ? (
      <ErrorState error={records.error} retry={() => void records.refetch()} />
    ) : (
      <TableSkeleton rows={10} />
    );
  }
  const total = first.total ?? items.length;
  return (
    <>
      <div className={classes.summary}>
        <span>{t('records.total', { n: total })}</span>
        <FreshnessBadge portal={frame.portal} asOf={first.asOf} />
      </div>
      {items.length > 0 && (
        <div className={classes.personal}>
          <PersonalSwitch portalId={frame.portalId} />
        </div>
      )}
      {items.length === 0 ? (
        <EmptyState title={t('empty.records')} />
      ) : (
        <div ref={scroll} className={classes.scroll}>
          <ul className={classes.list} style={{ height: virtual.getTotalSize() }} aria-label={t('records.list')}>
            {rows.map((row) => {
              const item = items[row.index];
              return (
                item !== undefined && (
                  <li
                    key={recordKey(item.kind, item.id)}
                    className={classes.row}
                    style={{ height: row.size, transform: `translateY(${row.start}px)` }}
                    aria-setsize={total}
                    aria-posinset={row.index + 1}
                  >
                    <RecordRow frame={frame} record={item} isMasked={first.personal === 'masked'} />
                  </li>
                )
              );
            })}
          </ul>
          {isFetchNextPageError && (
            <div className={classes.more}>
              <Button size="xs" variant="default" onClick={() => void fetchNextPage()}>
                {t('records.more')}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  );
}

function RecordRow({ frame, record, isMasked }: { frame: FunnelFrame; record: RecordSummary; isMasked: boolean }) {
  const { t, language } = useSpeech();
  const navigate = route.useNavigate();
  const hasChanged = useLive().recent.has(recordKey(record.kind, record.id));
  const zone = frame.portal?.zone ?? 'UTC';
  return (
    <button
      type="button"
      className={classes.record}
      data-row
      data-changed={hasChanged || undefined}
      onClick={() =>
        void navigate({
          search: (before) => ({ ...before, record: recordKey(record.kind, record.id) }),
          resetScroll: false,
        })
      }
    >
      <span className={classes.title}>{recordTitle(record, t, isMasked)}</span>
      <span className={classes.amount}>
        {record.amountKopecks === null || record.currency === null
          ? ''
          : formatMoney(record.amountKopecks, record.currency, language, { exact: true })}
      </span>
      <span className={classes.under}>
        {record.stageName !== null && <span className={classes.stage}>{record.stageName}</span>}
        <span>{sellerName({ sellerId: record.sellerId, name: record.sellerName }, t)}</span>
      </span>
      <span className={classes.at}>{formatInstant(record.countedAt, zone, language)}</span>
    </button>
  );
}
