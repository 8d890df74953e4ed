import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { ListedCase } from '../api/schema.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { CheckIcon } from '../ui/icons.js';
import { linesOf, offsetsOf } from './case-lines.js';
import type { CaseLine } from './case-lines.js';
import classes from './case-list.module.css';
import { CaseRow } from './case-row.js';
import { personText } from './case-words.js';
import type { Selection } from './selection.js';

const LINES_AHEAD = 10;
/** With fewer lines left in a direction further ones are read. */
const LINES_LEFT = 60;
/** What was decided last is told over the end of the list. */
const BELOW = 64;
const wide = { person: 36, rule: 28, case: 34 };
const narrow = { person: 40, rule: 34, case: 50 };

type CaseListProps = {
  rows: readonly ListedCase[];
  /** How many of each group are no longer shown though the list that was read holds them. */
  removed: ReadonlyMap<string, number>;
  cursor: string | undefined;
  selection: Selection;
  refusals: ReadonlyMap<string, string>;
  accountId: string;
  zone: string;
  nowMs: number;
  isNarrow: boolean;
  maySelect: boolean;
  titleOf: (ruleId: string) => string;
  /** Handlers stay the same from one drawing to the next, as rows are drawn again with each of them. */
  onOpen: (row: ListedCase) => void;
  onToggle: (row: ListedCase, isRange: boolean) => void;
  onToggleGroup: (caseIds: readonly string[]) => void;
  /** Whether the list goes on above what was read. */
  hasBefore: boolean;
  /** Further cases are wanted, of those above or below. */
  onStart: () => void;
  onEnd: () => void;
};

/** The cases of a lane by person and rule; only what is in sight is in the page. */
export const CaseList = memo(function CaseList(props: CaseListProps) {
  const { rows, removed, cursor, isNarrow, hasBefore, onStart, onEnd } = props;
  const { t } = useSpeech();
  const scroll = useRef<HTMLDivElement>(null);
  const heights = isNarrow ? narrow : wide;
  const lines = useMemo(() => linesOf(rows, removed), [rows, removed]);
  const offsets = useMemo(() => offsetsOf(lines, heights), [lines, heights]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => heights[lines[index]?.kind ?? 'case'],
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: LINES_AHEAD,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, lines, heights]);
  const sight = useSight(scroll);
  useStillLine(sight, lines, offsets, cursor, hasBefore);

  const shown = virtual.getVirtualItems();
  const firstShown = shown[0]?.index ?? 0;
  const lastShown = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastShown >= lines.length - LINES_LEFT) onEnd();
  }, [lastShown, lines.length, onEnd]);
  useEffect(() => {
    if (hasBefore && firstShown < LINES_LEFT) onStart();
  }, [firstShown, hasBefore, onStart]);

  // The cursor is brought into sight when it moves or comes into the list, not when the list around it does.
  const isListed = useMemo(() => lines.some(({ key }) => key === cursor), [lines, cursor]);
  const places = useRef({ lines, offsets });
  useEffect(() => {
    places.current = { lines, offsets };
  });
  useEffect(() => {
    const at = places.current.lines.findIndex(({ key }) => key === cursor);
    const { top: sightTop, height } = sight.read();
    if (height === 0 || at === -1) return;
    const top = places.current.offsets[at] ?? 0;
    const bottom = places.current.offsets[at + 1] ?? top;
    // The person stays on top of the list and would cover the line; the bar of a choice lies below.
    const covered = heights.person;
    if (top - covered < sightTop) sight.move(Math.max(0, top - covered - heights.rule));
    else if (bottom + BELOW > sightTop + height) sight.move(bottom + BELOW - height);
  }, [cursor, isListed, heights, sight]);

  const topmost = shown.find((item) => item.end > (virtual.scrollOffset ?? 0))?.index ?? 0;
  const current = lines.slice(0, topmost + 1).findLast(({ kind }) => kind === 'person');
  return (
    <div className={classes.frame}>
      {current?.kind === 'person' && (virtual.scrollOffset ?? 0) > 0 && (
        <div className={classes.stuck} aria-hidden>
          <PersonLine line={current} />
        </div>
      )}
      <div
        ref={scroll}
        className={classes.scroll}
        role="listbox"
        aria-label={t('queue.list')}
        aria-multiselectable={props.maySelect}
        aria-activedescendant={cursor === undefined ? undefined : `case-${cursor}`}
        tabIndex={0}
      >
        <div className={classes.lines} style={{ height: virtual.getTotalSize() + BELOW }}>
          {shown.map((item) => {
            const line = lines[item.index];
            return (
              line !== undefined && (
                <div
                  key={item.key}
                  className={classes.line}
                  role="presentation"
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                >
                  <Line {...props} line={line} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
});

function Line({ line, ...props }: CaseListProps & { line: CaseLine }) {
  if (line.kind === 'person') return <PersonLine line={line} />;
  if (line.kind === 'rule') return <RuleLine {...props} line={line} />;
  const { row } = line;
  return (
    <CaseRow
      row={row}
      title={props.titleOf(row.ruleId)}
      zone={props.zone}
      nowMs={props.nowMs}
      isMine={row.assignee === props.accountId}
      isAtCursor={row.caseId === props.cursor}
      isSelected={props.selection.caseIds.has(row.caseId)}
      refusal={props.refusals.get(row.caseId) ?? null}
      maySelect={props.maySelect}
      onOpen={props.onOpen}
      onToggle={props.onToggle}
    />
  );
}

function PersonLine({ line }: { line: Extract<CaseLine, { kind: 'person' }> }) {
  const { t } = useSpeech();
  return (
    <div className={classes.person}>
      <span className={classes.name}>{personText(line.person, t)}</span>
      <span className={classes.count}>{formatCount(line.count)}</span>
    </div>
  );
}

function RuleLine({ line, ...props }: CaseListProps & { line: Extract<CaseLine, { kind: 'rule' }> }) {
  const { t } = useSpeech();
  const { selection } = props;
  const chosen = line.caseIds.filter((caseId) => selection.caseIds.has(caseId)).length;
  const title = props.titleOf(line.ruleId);
  return (
    <div className={classes.group} data-chosen={chosen > 0 || undefined}>
      {props.maySelect ? (
        <button
          type="button"
          className={classes.check}
          tabIndex={-1}
          aria-label={t('queue.selectGroup', { rule: title })}
          aria-pressed={chosen === line.caseIds.length}
          onClick={() => props.onToggleGroup(line.caseIds)}
        >
          {chosen === line.caseIds.length ? <CheckIcon /> : chosen > 0 ? '–' : null}
        </button>
      ) : (
        <span />
      )}
      <span className={classes.groupTitle}>
        <code>{line.ruleId}</code>
        {title !== line.ruleId && ` ${title}`}
      </span>
      <span className={classes.count}>{formatCount(line.count)}</span>
    </div>
  );
}

type Sight = { read: () => { top: number; height: number }; move: (top: number) => void };

/** What of the list is in sight, in pixels. To ask the page each time would have it laid out anew. */
function useSight(scroll: { current: HTMLDivElement | null }): Sight {
  const place = useRef({ top: 0, height: 0 });
  useLayoutEffect(() => {
    const element = scroll.current;
    if (element === null) return;
    const look = () => {
      place.current = { top: element.scrollTop, height: element.clientHeight };
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroll]);
  return useMemo(
    () => ({
      read: () => place.current,
      move: (top) => {
        const element = scroll.current;
        if (element === null) return;
        element.scrollTop = top;
        // A list has an end: it may not have moved so far.
        place.current = { ...place.current, top: element.scrollTop };
      },
    }),
    [scroll],
  );
}

/** Keeps the line under the cursor, or else the topmost one, where it is while others come and go above it. */
function useStillLine(
  sight: Sight,
  lines: readonly CaseLine[],
  offsets: readonly number[],
  cursor: string | undefined,
  hasBefore: boolean,
): void {
  const before = useRef({ lines, offsets, cursor, hasBefore });
  useLayoutEffect(() => {
    const known = before.current;
    before.current = { lines, offsets, cursor, hasBefore };
    const { top, height } = sight.read();
    if (known.lines === lines || (top === 0 && !known.hasBefore)) return;
    const places = new Map(lines.map(({ key }, index) => [key, offsets[index] ?? 0]));
    const isInSight = (at: number) => at >= top && at <= top + height;
    const placeBefore = (key: string) => known.offsets[known.lines.findIndex((line) => line.key === key)];
    // After a decision the cursor is on another line: that one is to move up.
    const atCursor = known.cursor === cursor && cursor !== undefined ? cursor : undefined;
    const cursorTop = atCursor === undefined ? undefined : placeBefore(atCursor);
    const anchor =
      atCursor !== undefined && cursorTop !== undefined && isInSight(cursorTop) && places.has(atCursor)
        ? atCursor
        : // A heading stands higher when cases come in under it.
          known.lines.find(
            ({ kind, key }, index) => kind === 'case' && (known.offsets[index] ?? 0) >= top && places.has(key),
          )?.key;
    if (anchor === undefined) return;
    const moved = (places.get(anchor) ?? 0) - (placeBefore(anchor) ?? 0);
    if (moved !== 0) sight.move(top + moved);
  }, [sight, lines, offsets, cursor, hasBefore]);
}
