import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { describeProblem } from '../api/problem.js';
import type { CaseCommand, CaseLane, CaseRow, ListedCase, SendFeedback, Verdict } from '../api/schema.js';
import { useVerdictFeedback } from '../feedback/use-verdict-feedback.js';
import { useSpeech } from '../i18n/i18n.js';
import { usePortalName } from '../portals/use-portals.js';
import { useAccess } from '../session/use-me.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { afterCommand, belongsTo, movesOn } from './case-fate.js';
import { CaseCard } from './case-card.js';
import { removedFrom } from './case-lines.js';
import { CaseList } from './case-list.js';
import { ruleText } from './case-words.js';
import { EmptyQueue } from './empty-queue.js';
import { shownRows } from './pending-cases.js';
import { QueueDialogs } from './queue-dialogs.js';
import type { QueueDialog } from './queue-dialogs.js';
import classes from './queue-page.module.css';
import { filterOf, isNarrowed, readQueueSearch } from './queue-search.js';
import type { QueueSearch } from './queue-search.js';
import { extend, MOST_AT_ONCE, nothingSelected, stillShown, toggle, toggleGroup } from './selection.js';
import type { Chosen } from './selection.js';
import { SelectionBar } from './selection-bar.js';
import { QueueTop } from './queue-top.js';
import { UndoToast } from './undo-toast.js';
import { useCaseInSight, useCaseList } from './use-case-list.js';
import { useReadAgain, useRowOfCard, useRules, useStageNames } from './use-cases.js';
import { useCursor } from './use-cursor.js';
import { useDesk } from './use-desk.js';
import { useFullHeight } from './use-full-height.js';
import { useNotice } from './use-notice.js';
import { useNow } from './use-now.js';
import { usePresence } from './use-presence.js';
import { useQueueKeys } from './use-queue-keys.js';
import { useSearchable } from './use-searchable.js';
import { useShownSince } from './use-shown-since.js';
import { useStable } from './use-stable.js';
import type { Deed } from './decisions.js';

const route = getRouteApi('/portals/$portalId/queue');
const CLOCK_MS = 15_000;
const ADDRESS_MS = 300;

/** The queue of cases: a list, one card, and everything by a key. */
export function QueuePage() {
  const { t, language } = useSpeech();
  const { portalId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const portal = usePortalName(portalId);
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

  const { case: wanted, ...narrowed } = search;
  const scope = JSON.stringify(narrowed);
  const place = useMemo<QueueSearch>(() => readQueueSearch(JSON.parse(scope) as Record<string, unknown>), [scope]);
  const filter = useMemo(() => filterOf(place), [place]);
  const listed = useCaseList(portalId, filter, scope, wanted);
  const { list, read, ranks, renew } = listed;
  const again = useReadAgain(portalId);
  const rules = useRules(portalId, may('rules.read', portalId)).data?.items;
  const stages = useStageNames(portalId);

  const desk = useDesk(portalId, accountId, read, again);
  const plan = useVerdictFeedback(portalId, mayJudge);
  const rows = useMemo(
    () => shownRows(read, desk.pending, (row) => belongsTo(row, filter, accountId), ranks),
    [read, desk.pending, filter, accountId, ranks],
  );
  const removed = useMemo(() => removedFrom(read, rows), [read, rows]);
  const { searchable, nameOf } = useSearchable(portalId, rules, read);
  const titleOf = useCallback((ruleId: string) => ruleText(ruleId, rules, language), [rules, language]);

  const { cursor, index, isSettled, go, move, goOnFrom } = useCursor(portalId, rows, wanted, scope);
  useCaseInSight(listed, cursor, index !== -1);
  const [isOpen, setIsOpen] = useState(wanted !== undefined);
  const [chosen, setChosen] = useState({ scope, selection: nothingSelected });
  const selection = stillShown(chosen.scope === scope ? chosen.selection : nothingSelected, rows);
  const selected = rows.filter(({ caseId }) => selection.caseIds.has(caseId));
  const [dialog, setDialog] = useState<QueueDialog | null>(null);
  const [notice, setNotice] = useNotice();
  const [armed, setArmed] = useState<{ caseId: string; name: string; body: string } | null>(null);
  const template = armed !== null && armed.caseId === cursor ? armed : null;
  const shown = rows[index] ?? (cursor === undefined ? undefined : desk.pending.get(cursor)?.row);
  const elsewhere = useRowOfCard(portalId, shown === undefined ? cursor : undefined);
  const row: ListedCase | undefined = shown ?? elsewhere;
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
  // Whoever asks for the list they are in has it read anew, as cases are due by now.
  const toLane = useStable((lane: CaseLane) =>
    lane === filter.lane ? renew() : change({ lane: lane === 'queue' ? undefined : lane }),
  );

  const carryOut = (
    cases: readonly ListedCase[],
    command: CaseCommand,
    feedback: SendFeedback | null = null,
    told?: ReadonlySet<string>,
  ) => {
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
    void desk.decide(cases, command, feedback, told);
  };
  /** One case at once; several only after they were shown. */
  const act = (command: CaseCommand, feedback: SendFeedback | null = null) => {
    if (selected.length > 0) setDialog({ kind: 'bulk', rows: selected, command });
    else if (row !== undefined) carryOut([row], command, feedback);
  };
  const giveVerdict = (verdict: Verdict) => {
    const [first = row] = selected;
    if (first?.status === 'disputed') {
      if (verdict !== 'need-info') act({ type: 'decide-dispute', verdict });
      return;
    }
    const seconds = selected.length > 0 ? null : shownSince();
    const feedback = verdict === 'real' && row !== undefined ? plan.with(row, template?.body ?? null) : null;
    act({ type: 'verdict', verdict, seconds, template: verdict === 'real' ? (template?.name ?? '') : '' }, feedback);
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
      case 'feedback':
        return row && setDialog({ kind: 'feedback', row, words: template?.body ?? null });
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

  const { hasNextPage, hasPreviousPage, fetchNextPage, fetchPreviousPage } = list;
  // What could not be read is not asked for again by itself.
  const mayReadOn = !list.isFetching && !list.isFetchNextPageError && !list.isFetchPreviousPageError;
  const onEnd = useCallback(() => {
    if (hasNextPage && mayReadOn) void fetchNextPage();
  }, [hasNextPage, mayReadOn, fetchNextPage]);
  const onStart = useCallback(() => {
    if (hasPreviousPage && mayReadOn) void fetchPreviousPage();
  }, [hasPreviousPage, mayReadOn, fetchPreviousPage]);

  const refusals = useMemo(
    () =>
      new Map(
        desk.refusals.map(({ row: { caseId }, error }) => [caseId, describeProblem(error, language, t).sentence]),
      ),
    [desk.refusals, language, t],
  );
  const openRow = useStable((each: ListedCase) => {
    go(each.caseId);
    setIsOpen(true);
  });
  const toggleRow = useStable((each: ListedCase, isRange: boolean) =>
    choose(isRange ? extend(selection, rows, each) : toggle(selection, each)),
  );
  const toggleRows = useStable((caseIds: readonly string[]) => {
    const group = new Set(caseIds);
    choose(
      toggleGroup(
        selection,
        rows.filter(({ caseId }) => group.has(caseId)),
      ),
    );
  });
  const alone = (each: CaseRow, command: CaseCommand) => {
    const listedRow = rows.find(({ caseId }) => caseId === each.caseId) ?? { ...each, ofPerson: 1, ofRule: 1 };
    carryOut([listedRow], command);
  };
  const undoVerdict = useStable((each: CaseRow) => alone(each, { type: 'undo-verdict' }));
  const reopen = useStable((each: CaseRow) => alone(each, { type: 'reopen' }));
  const wake = useStable((each: CaseRow) => alone(each, { type: 'wake' }));
  const onVerdict = useStable(giveVerdict);
  const onDeed = useStable(doDeed);
  const onSend = useStable(() => doDeed('feedback'));
  const onBack = useStable(() => setIsOpen(false));
  const templateName = template?.name ?? null;
  const actions = useMemo(
    () => ({ accountId, template: templateName, onVerdict, onDeed, onDropTemplate: () => setArmed(null) }),
    [accountId, templateName, onVerdict, onDeed],
  );
  return (
    <div ref={page} className={classes.page} data-open={isOpen || undefined}>
      <section className={classes.left} aria-label={t('queue.list')}>
        <QueueTop
          portalId={portalId}
          lane={filter.lane}
          search={place}
          searchable={searchable}
          reading={again.reading}
          isOwn={isOwn}
          mayJudge={mayJudge}
          zone={zone}
          nowMs={nowMs}
          find={find}
          onLane={toLane}
          onChange={change}
          onView={show}
        />
        {list.data === undefined ? (
          list.isError ? (
            <ErrorState error={list.error} retry={() => void list.refetch()} />
          ) : (
            <TableSkeleton rows={12} />
          )
        ) : rows.length === 0 ? (
          <EmptyQueue
            portalId={portalId}
            lane={filter.lane}
            isNarrowed={isNarrowed(search)}
            zone={zone}
            nowMs={nowMs}
            onReset={() => show(filter.lane === 'queue' ? {} : { lane: filter.lane })}
          />
        ) : (
          <CaseList
            rows={rows}
            removed={removed}
            cursor={cursor}
            selection={selection}
            refusals={refusals}
            accountId={accountId}
            zone={zone}
            nowMs={nowMs}
            isNarrow={isNarrow}
            maySelect={mayJudge}
            titleOf={titleOf}
            onOpen={openRow}
            onToggle={toggleRow}
            onToggleGroup={toggleRows}
            hasBefore={hasPreviousPage}
            onStart={onStart}
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
          plan={mayJudge ? plan : null}
          onSend={onSend}
          zone={zone}
          nowMs={nowMs}
          actions={mayJudge ? actions : null}
          onUndoVerdict={mayJudge ? undoVerdict : null}
          onReopen={mayJudge ? reopen : null}
          onWake={mayJudge ? wake : null}
          onBack={isNarrow ? onBack : null}
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
        plan={plan}
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
