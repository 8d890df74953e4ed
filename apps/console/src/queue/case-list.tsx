import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
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
import { useStable } from './use-stable.js';

const LINES_AHEAD = 10;
/** What was decided last is told over the end of the list. */
const BELOW = 64;
const wide = { person: 36, rule: 28, case: 34 };
const narrow = { person: 40, rule: 34, case: 50 };

type CaseListProps = {
  rows: readonly ListedCase[];
  /** How many of each group are no longer shown though the list that was read holds them. */
  removed: ReadonlyMap<string, number>;
  total: number;
  cursor: string | undefined;
  selection: Selection;
  refusals: ReadonlyMap<string, string>;
  accountId: string;
  zone: string;
  nowMs: number;
  isNarrow: boolean;
  maySelect: boolean;
  titleOf: (ruleId: string) => string;
  onOpen: (row: ListedCase) => void;
  onToggle: (row: ListedCase, isRange: boolean) => void;
  onToggleGroup: (caseIds: readonly string[]) => void;
  /** Further cases are wanted. */
  onEnd: () => void;
};

/** The cases of a lane by person and rule; only what is in sight is in the page. */
export function CaseList(props: CaseListProps) {
  const { rows, removed, cursor, selection, isNarrow, onEnd } = props;
  const onOpen = useStable(props.onOpen);
  const onToggle = useStable(props.onToggle);
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
  useStillLine(scroll, lines, offsets, cursor);

  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastShown >= lines.length - 60) onEnd();
  }, [lastShown, lines.length, onEnd]);

  // The cursor is brought into sight when it moves, not when the list around it does.
  const places = useRef({ lines, offsets });
  useEffect(() => {
    places.current = { lines, offsets };
  });
  useEffect(() => {
    const element = scroll.current;
    const at = places.current.lines.findIndex(({ key }) => key === cursor);
    if (element === null || at === -1) return;
    const top = places.current.offsets[at] ?? 0;
    const bottom = places.current.offsets[at + 1] ?? top;
    // The person stays on top of the list and would cover the line; the bar of a choice lies below.
    const covered = heights.person;
    if (top - covered < element.scrollTop) element.scrollTop = Math.max(0, top - covered - heights.rule);
    else if (bottom + BELOW > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom + BELOW - element.clientHeight;
    }
  }, [cursor, heights]);

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
                  <Line {...props} line={line} selection={selection} onOpen={onOpen} onToggle={onToggle} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

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

/** Keeps the line under the cursor, or else the topmost one, where it is while others come and go above it. */
function useStillLine(
  scroll: { current: HTMLDivElement | null },
  lines: readonly CaseLine[],
  offsets: readonly number[],
  cursor: string | undefined,
): void {
  const before = useRef({ lines, offsets, cursor });
  useLayoutEffect(() => {
    const known = before.current;
    before.current = { lines, offsets, cursor };
    const element = scroll.current;
    if (element === null || known.lines === lines || element.scrollTop === 0) return;
    const places = new Map(lines.map(({ key }, index) => [key, offsets[index] ?? 0]));
    const isInSight = (top: number) => top >= element.scrollTop && top <= element.scrollTop + element.clientHeight;
    const placeBefore = (key: string) => known.offsets[known.lines.findIndex((line) => line.key === key)];
    // After a decision the cursor is on another line: that one is to move up.
    const atCursor = known.cursor === cursor && cursor !== undefined ? cursor : undefined;
    const cursorTop = atCursor === undefined ? undefined : placeBefore(atCursor);
    const anchor =
      atCursor !== undefined && cursorTop !== undefined && isInSight(cursorTop) && places.has(atCursor)
        ? atCursor
        : known.lines.find(({ key }, index) => (known.offsets[index] ?? 0) >= element.scrollTop && places.has(key))
            ?.key;
    if (anchor === undefined) return;
    const moved = (places.get(anchor) ?? 0) - (placeBefore(anchor) ?? 0);
    if (moved !== 0) element.scrollTop += moved;
  }, [scroll, lines, offsets, cursor]);
}
