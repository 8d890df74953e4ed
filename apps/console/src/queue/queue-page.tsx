import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { describeProblem } from '../api/problem.js';
import type { CaseCommand, CaseLane, CaseRow, ListedCase, Verdict } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { usePortal } from '../portals/use-portals.js';
import { useAccess } from '../session/use-me.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { afterCommand, belongsTo, movesOn } from './case-fate.js';
import { CaseCard } from './case-card.js';
import { removedFrom } from './case-lines.js';
import { CaseList } from './case-list.js';
import { ruleText } from './case-words.js';
import { EmptyQueue } from './empty-queue.js';
import { LaneTabs } from './lane-tabs.js';
import { shownRows } from './pending-cases.js';
import { QueueDialogs } from './queue-dialogs.js';
import type { QueueDialog } from './queue-dialogs.js';
import { QueueFilters } from './queue-filters.js';
import { QueueHead } from './queue-head.js';
import classes from './queue-page.module.css';
import { filterOf, isNarrowed, readQueueSearch } from './queue-search.js';
import type { QueueSearch } from './queue-search.js';
import { QueueSearchBox } from './queue-search-box.js';
import { extend, MOST_AT_ONCE, nothingSelected, stillShown, toggle, toggleGroup } from './selection.js';
import type { Chosen } from './selection.js';
import { SelectionBar } from './selection-bar.js';
import { UndoToast } from './undo-toast.js';
import { useCaseList, useCaseSummary, useQueueRefresh, useRules, useStageNames } from './use-cases.js';
import { useCursor } from './use-cursor.js';
import { useDesk } from './use-desk.js';
import { useFullHeight } from './use-full-height.js';
import { useNow } from './use-now.js';
import { usePresence } from './use-presence.js';
import { useQueueKeys } from './use-queue-keys.js';
import { useSearchable } from './use-searchable.js';
import { useStable } from './use-stable.js';
import { VerdictBar } from './verdict-bar.js';
import type { Deed } from './decisions.js';
import { ViewsMenu } from './views-menu.js';

const route = getRouteApi('/portals/$portalId/queue');
const CLOCK_MS = 15_000;
const ADDRESS_MS = 300;
const NOTICE_MS = 5_000;

/** The queue of cases: a list, one card, and everything by a key. */
export function QueuePage() {
  const { t, language } = useSpeech();
  const { portalId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const portal = usePortal(portalId);
  const { me, may, ownUsersIn } = useAccess();
  const mayJudge = may('cases.judge', portalId);
  const accountId = me?.accountId ?? '';
  const isOwn = ownUsersIn(portalId) !== null && !mayJudge;
  const zone = portal?.zone ?? 'Europe/Moscow';
  const nowMs = useNow(CLOCK_MS);
  const isNarrow = useMediaQuery('(max-width: 860px)') ?? false;
  const page = useRef<HTMLDivElement>(null);
  const find = useRef<HTMLInputElement>(null);
  useFullHeight(page);

  const { case: wanted, ...elsewhere } = search;
  const scope = JSON.stringify(elsewhere);
  const place = useMemo<QueueSearch>(() => readQueueSearch(JSON.parse(scope) as Record<string, unknown>), [scope]);
  const filter = useMemo(() => filterOf(place), [place]);
  const list = useCaseList(portalId, filter);
  const summary = useCaseSummary(portalId).data;
  const readAgain = useQueueRefresh(portalId, filter);
  const rules = useRules(portalId, may('rules.read', portalId)).data?.items;
  const stages = useStageNames(portalId);

  const read = useMemo(() => {
    const known = new Map<string, ListedCase>();
    for (const { items } of list.data?.pages ?? []) for (const row of items) known.set(row.caseId, row);
    return [...known.values()];
  }, [list.data]);
  const desk = useDesk(portalId, accountId, read, readAgain);
  const rows = useMemo(
    () => shownRows(read, desk.pending, (row) => belongsTo(row, filter, accountId)),
    [read, desk.pending, filter, accountId],
  );
  const removed = useMemo(() => removedFrom(read, rows), [read, rows]);
  const { searchable, nameOf } = useSearchable(portalId, rules, read);
  const titleOf = useCallback((ruleId: string) => ruleText(ruleId, rules, language), [rules, language]);

  const { cursor, isSettled, go, move, goOnFrom } = useCursor(portalId, rows, wanted, scope);
  const [isOpen, setIsOpen] = useState(wanted !== undefined);
  const [chosen, setChosen] = useState({ scope, selection: nothingSelected });
  const selection = stillShown(chosen.scope === scope ? chosen.selection : nothingSelected, rows);
  const selected = rows.filter(({ caseId }) => selection.caseIds.has(caseId));
  const [dialog, setDialog] = useState<QueueDialog | null>(null);
  const [notice, setNotice] = useNotice();
  const [armed, setArmed] = useState<{ caseId: string; name: string; body: string } | null>(null);
  const template = armed !== null && armed.caseId === cursor ? armed : null;
  const row: ListedCase | undefined =
    rows.find(({ caseId }) => caseId === cursor) ?? (cursor === undefined ? undefined : desk.pending.get(cursor)?.row);
  const isCardShown = cursor !== undefined && (!isNarrow || isOpen);
  const others = usePresence(portalId, isCardShown ? cursor : undefined, mayJudge);
  const shownSince = useShownSince(isCardShown ? cursor : undefined);

  useEffect(() => {
    const title = t(isOwn ? 'queue.own' : 'queue.title');
    document.title = [title, portal?.name, 'Funnelwatch'].filter((part) => part !== undefined).join(' · ');
  }, [t, isOwn, portal?.name]);

  // The address follows the cursor once it rests, so that it can be handed on.
  const addressed = isCardShown ? cursor : undefined;
  useEffect(() => {
    if (addressed === wanted) return;
    const timer = window.setTimeout(() => {
      void navigate({
        search: { ...place, ...(addressed !== undefined && { case: addressed }) },
        replace: true,
        resetScroll: false,
      });
    }, ADDRESS_MS);
    return () => window.clearTimeout(timer);
  }, [addressed, wanted, place, navigate]);

  const show = useStable((next: QueueSearch) => {
    setIsOpen(false);
    void navigate({ search: next, resetScroll: false });
  });
  const change = useStable((changes: { [name in keyof QueueSearch]: QueueSearch[name] | undefined }) =>
    show(Object.fromEntries(Object.entries({ ...place, ...changes }).filter(([, value]) => value !== undefined))),
  );
  const toLane = useStable((lane: CaseLane) => change({ lane: lane === 'queue' ? undefined : lane }));

  const carryOut = (cases: readonly ListedCase[], command: CaseCommand) => {
    const leaving = new Set(
      cases
        .filter((each) => !belongsTo(afterCommand(each, command, accountId), filter, accountId))
        .map(({ caseId }) => caseId),
    );
    if (cursor !== undefined && movesOn(command) && cases.some(({ caseId }) => caseId === cursor)) goOnFrom(leaving);
    else if (cursor !== undefined && leaving.has(cursor)) goOnFrom(leaving);
    setArmed(null);
    setChosen({ scope, selection: nothingSelected });
    setDialog(null);
    void desk.decide(cases, command);
  };
  /** One case at once; several only after they were shown. */
  const act = (command: CaseCommand) => {
    if (selected.length > 0) setDialog({ kind: 'bulk', rows: selected, command });
    else if (row !== undefined) carryOut([row], command);
  };
  const giveVerdict = (verdict: Verdict) => {
    const [first = row] = selected;
    if (first?.status === 'disputed') {
      if (verdict !== 'need-info') act({ type: 'decide-dispute', verdict });
      return;
    }
    const seconds = selected.length > 0 ? null : shownSince();
    act({ type: 'verdict', verdict, seconds, template: verdict === 'real' ? (template?.name ?? '') : '' });
  };
  const merge = () => {
    if (row === undefined) return;
    const duplicates = selected.filter(({ caseId }) => caseId !== row.caseId);
    if (selected.length === 0) setDialog({ kind: 'merge', row });
    else if (duplicates.length === 0) setNotice(t('merge.needsTarget'));
    else setDialog({ kind: 'bulk', rows: duplicates, command: { type: 'merge', into: row.caseId } });
  };
  const doDeed = (deed: Deed) => {
    const concerned = selected.length > 0 ? selected : row === undefined ? [] : [row];
    if (concerned.length === 0) return;
    switch (deed) {
      case 'snooze':
        return setDialog({ kind: 'snooze', rows: concerned });
      case 'assign':
        return act({ type: 'assign', to: concerned.every(({ assignee }) => assignee === accountId) ? null : 'me' });
      case 'merge':
        return merge();
      case 'close':
        if (concerned.every(({ verdict }) => verdict === null)) return setNotice(t('queue.closeNeedsVerdict'));
        return act({ type: 'close' });
      case 'template':
        return row && setDialog({ kind: 'template', row });
    }
  };
  const choose = ({ selection: next, refused }: Chosen) => {
    setChosen({ scope, selection: next });
    if (refused === 'other-rule') setNotice(t('bulk.oneRule'));
    if (refused === 'too-many') setNotice(t('bulk.tooMany', { n: MOST_AT_ONCE }));
  };
  const undo = () => {
    const back = desk.undo();
    if (back === undefined) return;
    if (belongsTo(back, filter, accountId)) go(back.caseId);
  };
  const open = () => {
    if (isNarrow) setIsOpen(true);
    else document.getElementById('case-card')?.focus();
  };
  const leave = () => {
    if (selection.caseIds.size > 0) setChosen({ scope, selection: nothingSelected });
    else if (isOpen && isNarrow) setIsOpen(false);
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  useQueueKeys(
    {
      ...{ move, open, leave, undo, deed: doDeed, verdict: giveVerdict },
      find: () => find.current?.focus(),
      lane: toLane,
      select: (isRange) => {
        if (row !== undefined) choose(isRange ? extend(selection, rows, row) : toggle(selection, row));
      },
    },
    mayJudge,
  );

  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  const refusals = new Map(
    desk.refusals.map(({ row: { caseId }, error }) => [caseId, describeProblem(error, language, t).sentence]),
  );
  const alone = (command: CaseCommand) => (each: CaseRow) => {
    const listed = rows.find(({ caseId }) => caseId === each.caseId) ?? { ...each, ofPerson: 1, ofRule: 1 };
    carryOut([listed], command);
  };
  return (
    <div ref={page} className={classes.page} data-open={isOpen || undefined}>
      <section className={classes.left} aria-label={t('queue.list')}>
        <header className={classes.top}>
          <QueueHead summary={summary} isOwn={isOwn} zone={zone} nowMs={nowMs} />
          <LaneTabs lane={filter.lane} summary={summary} onLane={toLane} />
          <div className={classes.tools}>
            <div className={classes.find}>
              <QueueSearchBox searchable={searchable} onChoose={change} inputRef={find} />
            </div>
            <QueueFilters search={place} searchable={searchable} mayJudge={mayJudge} onChange={change} />
            {mayJudge && <ViewsMenu portalId={portalId} search={place} onView={show} />}
          </div>
        </header>
        {list.data === undefined ? (
          list.isError ? (
            <ErrorState error={list.error} retry={() => void list.refetch()} />
          ) : (
            <TableSkeleton rows={12} />
          )
        ) : rows.length === 0 ? (
          <EmptyQueue
            lane={filter.lane}
            summary={summary}
            isNarrowed={isNarrowed(search)}
            zone={zone}
            nowMs={nowMs}
            onReset={() => show(filter.lane === 'queue' ? {} : { lane: filter.lane })}
          />
        ) : (
          <CaseList
            rows={rows}
            removed={removed}
            total={list.data.pages[0]?.total ?? rows.length}
            cursor={cursor}
            selection={selection}
            refusals={refusals}
            accountId={accountId}
            zone={zone}
            nowMs={nowMs}
            isNarrow={isNarrow}
            maySelect={mayJudge}
            titleOf={titleOf}
            onOpen={(each) => {
              go(each.caseId);
              setIsOpen(true);
            }}
            onToggle={(each, isRange) => choose(isRange ? extend(selection, rows, each) : toggle(selection, each))}
            onToggleGroup={(caseIds) =>
              choose(
                toggleGroup(
                  selection,
                  rows.filter(({ caseId }) => caseIds.includes(caseId)),
                ),
              )
            }
            onEnd={onEnd}
          />
        )}
        {selected.length > 0 && (
          <SelectionBar
            count={selected.length}
            rule={titleOf(selection.ruleId ?? '')}
            isDisputed={filter.lane === 'disputed'}
            onVerdict={giveVerdict}
            onDeed={doDeed}
            onClear={() => setChosen({ scope, selection: nothingSelected })}
          />
        )}
      </section>
      {isCardShown ? (
        <CaseCard
          key={cursor}
          portalId={portalId}
          caseId={cursor}
          isSettled={isSettled}
          row={row}
          rules={rules}
          stages={stages}
          nameOf={nameOf}
          others={others}
          words={template?.body ?? null}
          zone={zone}
          nowMs={nowMs}
          actionsOf={
            mayJudge
              ? (card) => (
                  <VerdictBar
                    row={row ?? card.row}
                    card={card}
                    accountId={accountId}
                    template={template?.name ?? null}
                    onVerdict={giveVerdict}
                    onDeed={doDeed}
                    onDropTemplate={() => setArmed(null)}
                  />
                )
              : null
          }
          onUndoVerdict={mayJudge ? alone({ type: 'undo-verdict' }) : null}
          onReopen={mayJudge ? alone({ type: 'reopen' }) : null}
          onWake={mayJudge ? alone({ type: 'wake' }) : null}
          onBack={isNarrow ? () => setIsOpen(false) : null}
        />
      ) : (
        <div className={classes.noCard}>{list.data !== undefined && rows.length > 0 && t('queue.chooseCase')}</div>
      )}
      <QueueDialogs
        portalId={portalId}
        dialog={dialog}
        rows={rows}
        titleOf={titleOf}
        zone={zone}
        nowMs={nowMs}
        onCommand={carryOut}
        onTemplate={({ name, body }) => {
          if (cursor !== undefined) setArmed({ caseId: cursor, name, body });
          setDialog(null);
        }}
        onClose={() => setDialog(null)}
      />
      <UndoToast desk={desk} notice={notice} onUndo={undo} />
    </div>
  );
}

/** A sentence that goes away by itself. */
function useNotice(): [string | null, (notice: string) => void] {
  const [notice, setNotice] = useState<{ text: string } | null>(null);
  useEffect(() => {
    if (notice === null) return;
    const timer = window.setTimeout(() => setNotice(null), NOTICE_MS);
    return () => window.clearTimeout(timer);
  }, [notice]);
  return [notice?.text ?? null, (text) => setNotice({ text })];
}

/** For how many seconds a card has been in front of somebody. */
function useShownSince(caseId: string | undefined): () => number {
  const since = useRef({ caseId, atMs: Date.now() });
  useEffect(() => {
    since.current = { caseId, atMs: Date.now() };
  }, [caseId]);
  return () => Math.min(86_400, Math.round((Date.now() - since.current.atMs) / 1000));
}
