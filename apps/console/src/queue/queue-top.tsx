import { memo } from 'react';
import type { RefObject } from 'react';
import type { CaseLane } from '../api/schema.js';
import type { Searchable } from './find-suggestions.js';
import { LaneTabs } from './lane-tabs.js';
import { QueueFilters } from './queue-filters.js';
import { QueueHead } from './queue-head.js';
import classes from './queue-page.module.css';
import { QueueSearchBox } from './queue-search-box.js';
import type { QueueSearch } from './queue-search.js';
import { useCaseSummary, useQueueRefresh } from './use-cases.js';
import type { ListReading } from './use-cases.js';
import { ViewsMenu } from './views-menu.js';

type QueueTopProps = {
  portalId: string;
  lane: CaseLane;
  search: QueueSearch;
  searchable: Searchable;
  reading: ListReading;
  isOwn: boolean;
  mayJudge: boolean;
  zone: string;
  nowMs: number;
  find: RefObject<HTMLInputElement | null>;
  onLane: (lane: CaseLane) => void;
  onChange: (change: { [name in keyof QueueSearch]: QueueSearch[name] | undefined }) => void;
  onView: (search: QueueSearch) => void;
};

/** What stands above the list. It alone is drawn again with every figure that moves. */
export const QueueTop = memo(function QueueTop(props: QueueTopProps) {
  const { portalId, lane, search, searchable, reading, isOwn, mayJudge, zone, nowMs, find, onLane, onChange } = props;
  const summary = useCaseSummary(portalId).data;
  useQueueRefresh(portalId, lane, reading);
  return (
    <header className={classes.top}>
      <QueueHead summary={summary} isOwn={isOwn} zone={zone} nowMs={nowMs} />
      <LaneTabs lane={lane} summary={summary} onLane={onLane} />
      <div className={classes.tools}>
        <div className={classes.find}>
          <QueueSearchBox searchable={searchable} onChoose={onChange} inputRef={find} />
        </div>
        <QueueFilters search={search} searchable={searchable} mayJudge={mayJudge} onChange={onChange} />
        {mayJudge && <ViewsMenu portalId={portalId} search={search} onView={props.onView} />}
      </div>
    </header>
  );
});
