import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { answerOf, api } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import type { CaseCommand, CaseRow, ListedCase, SendFeedback } from '../api/schema.js';
import { caseFeedbackKey } from '../feedback/use-feedback.js';
import { eachBounded } from '../feedback/within-cap.js';
import { afterCommand, compensationOf } from './case-fate.js';
import type { PendingCase, PendingCases } from './pending-cases.js';
import { stillPending } from './pending-cases.js';
import { alive, takeNewest, without } from './undo-stack.js';
import { cardQuery } from './use-cases.js';
import type { useReadAgain } from './use-cases.js';

/** A decision that can be taken back for some seconds: for each case what it was before. */
export type Decision = {
  id: number;
  atMs: number;
  command: CaseCommand;
  before: readonly ListedCase[];
  /** What goes to the employee with it. */
  feedback: SendFeedback | null;
};

/** A command that was refused, for the person to read. */
export type Refusal = {
  id: number;
  row: CaseRow;
  error: Error;
  /** The command itself was carried out, only the feedback was not. */
  isUntold: boolean;
};

/** The list is read again when nothing was decided for so long. */
const SETTLE_MS = 1_500;
/** And when decisions follow each other all the time: long before they are shown no longer without it. */
const LONGEST_MS = 15_000;

/** Requests of feedback on cases that were decided together. */
const TOLD_AT_ONCE = 4;

type Sent = { version: number | null; error: Error | null; untold?: Error };

const errorOf = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** What is done with cases: shown at once, sent behind, rolled back when refused, taken back when wanted. */
export function useDesk(
  portalId: string,
  accountId: string,
  rows: readonly ListedCase[],
  { readAgain, reading }: ReturnType<typeof useReadAgain>,
) {
  const queries = useQueryClient();
  const [pending, setPending] = useState<PendingCases>(new Map());
  const [decisions, setDecisions] = useState<readonly Decision[]>([]);
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const lastId = useRef(0);
  const settle = useRef<number | undefined>(undefined);
  /** What was sent last for each case: commands of one case keep their order. */
  const sent = useRef(new Map<string, Promise<unknown>>());

  useEffect(() => () => window.clearTimeout(settle.current), []);
  useEffect(() => {
    setPending((known) => stillPending(known, rows, Date.now()));
  }, [rows]);
  useEffect(() => {
    if (decisions.length === 0) return;
    const timer = window.setInterval(() => setDecisions((known) => alive(known, Date.now())), 500);
    return () => window.clearInterval(timer);
  }, [decisions.length]);

  const waitsSince = useRef<number | null>(null);
  const readAgainSoon = useCallback(() => {
    window.clearTimeout(settle.current);
    const nowMs = Date.now();
    waitsSince.current ??= nowMs;
    reading.current = true;
    settle.current = window.setTimeout(
      () => {
        waitsSince.current = null;
        readAgain();
      },
      Math.max(0, Math.min(SETTLE_MS, waitsSince.current + LONGEST_MS - nowMs)),
    );
  }, [readAgain, reading]);

  const show = useCallback((shown: readonly [string, PendingCase | null][]) => {
    setPending((known) => {
      const next = new Map(known);
      for (const [caseId, acted] of shown) {
        if (acted === null) next.delete(caseId);
        else next.set(caseId, acted);
      }
      return next;
    });
  }, []);

  /** Within the same work as the command, so that taking it back comes behind and takes the feedback back, too. */
  const tell = useCallback(
    async (caseId: string, version: number, feedback: SendFeedback): Promise<Sent> => {
      const params = { path: { portalId, caseId } };
      try {
        await answerOf(api.POST('/api/v1/portals/{portalId}/cases/{caseId}/feedback', { params, body: feedback }));
        return { version: version + 1, error: null };
      } catch (error) {
        return { version, error: null, untold: errorOf(error) };
      }
    },
    [portalId],
  );

  const sendOne = useCallback(
    async (caseId: string, command: CaseCommand, feedback: SendFeedback | null): Promise<Sent> => {
      const params = { path: { portalId, caseId } };
      let version: number;
      try {
        const path = '/api/v1/portals/{portalId}/cases/{caseId}/commands';
        ({ version } = await answerOf(api.POST(path, { params, body: command })));
      } catch (error) {
        return { version: null, error: errorOf(error) };
      }
      return feedback === null ? { version, error: null } : tell(caseId, version, feedback);
    },
    [portalId, tell],
  );

  const sendMany = useCallback(
    async (
      before: readonly CaseRow[],
      command: CaseCommand,
      feedback: SendFeedback | null,
      told: ReadonlySet<string>,
    ): Promise<Map<string, Sent>> => {
      const versions = new Map(before.map(({ caseId, version }) => [caseId, version + 1]));
      try {
        const { results } = await answerOf(
          api.POST('/api/v1/portals/{portalId}/case-commands', {
            params: { path: { portalId } },
            body: { caseIds: [...versions.keys()], command },
          }),
        );
        const sent = await eachBounded(results, TOLD_AT_ONCE, async (result): Promise<[string, Sent]> => {
          const { caseId, isDone, code, message } = result;
          const version = versions.get(caseId) ?? null;
          if (!isDone)
            return [caseId, { version: null, error: new ApiProblem(409, code ?? '', message ?? '', null, []) }];
          const isTold = feedback !== null && version !== null && told.has(caseId);
          return [caseId, isTold ? await tell(caseId, version, feedback) : { version, error: null }];
        });
        return new Map(sent);
      } catch (error) {
        return new Map([...versions.keys()].map((caseId) => [caseId, { version: null, error: errorOf(error) }]));
      }
    },
    [portalId, tell],
  );

  /** Sends a command for cases after whatever was sent for them before; says which were refused. */
  const carryOut = useCallback(
    async (
      before: readonly ListedCase[],
      after: readonly ListedCase[],
      command: CaseCommand,
      feedback: SendFeedback | null = null,
      told: ReadonlySet<string> = new Set(),
    ): Promise<Refusal[]> => {
      show(after.map((row) => [row.caseId, { row, version: null, settledAtMs: null }]));
      const earlier = before.flatMap(({ caseId }) => sent.current.get(caseId) ?? []);
      const [only] = before;
      const work = Promise.allSettled(earlier).then(async () =>
        before.length === 1 && only !== undefined
          ? new Map([[only.caseId, await sendOne(only.caseId, command, feedback)]])
          : sendMany(before, command, feedback, told),
      );
      for (const { caseId } of before) sent.current.set(caseId, work);
      const results = await work;
      for (const { caseId } of before) if (sent.current.get(caseId) === work) sent.current.delete(caseId);
      const settledAtMs = Date.now();
      show(
        after.map((row): [string, PendingCase | null] => {
          const result = results.get(row.caseId);
          if (result?.error !== null) return [row.caseId, null];
          const version = result.version ?? row.version + 1;
          return [row.caseId, { row: { ...row, version }, version, settledAtMs }];
        }),
      );
      for (const { caseId } of before) {
        void queries.invalidateQueries({ queryKey: cardQuery(portalId, caseId).queryKey });
        void queries.invalidateQueries({ queryKey: caseFeedbackKey(portalId, caseId) });
      }
      readAgainSoon();
      const refused = before.flatMap((row): Refusal[] => {
        const { error = null, untold } = results.get(row.caseId) ?? {};
        lastId.current += 1;
        if (untold !== undefined) return [{ id: lastId.current, row, error: untold, isUntold: true }];
        return error === null ? [] : [{ id: lastId.current, row, error, isUntold: false }];
      });
      if (refused.length > 0) setRefusals((known) => [...known, ...refused]);
      const untold = new Set(refused.filter(({ isUntold }) => isUntold).map(({ row }) => row.caseId));
      if (untold.size > 0) {
        // Nothing is on its way with the decision any more.
        setDecisions((known) =>
          known.map((each) =>
            each.before.some(({ caseId }) => untold.has(caseId)) ? { ...each, feedback: null } : each,
          ),
        );
      }
      return refused.filter(({ isUntold }) => !isUntold);
    },
    [portalId, queries, readAgainSoon, sendMany, sendOne, show],
  );

  /** Does something with cases and lets it be taken back. */
  const decide = useCallback(
    (
      cases: readonly ListedCase[],
      command: CaseCommand,
      feedback: SendFeedback | null,
      /** Of several cases, those whose people the feedback goes to. */
      told?: ReadonlySet<string>,
    ): Promise<Refusal[]> => {
      lastId.current += 1;
      const id = lastId.current;
      const after = cases.map((row) => ({ ...row, ...afterCommand(row, command, accountId) }));
      const isUndoable = cases.some((row) => compensationOf(command, row) !== null);
      // Whoever tries something else has read why the first try was refused.
      const tried = new Set(cases.map(({ caseId }) => caseId));
      setRefusals((known) => (known.length === 0 ? known : known.filter(({ row }) => !tried.has(row.caseId))));
      const done = carryOut(cases, after, command, feedback, told);
      if (isUndoable) {
        const decision = { id, atMs: Date.now(), command, before: cases, feedback };
        setDecisions((known) => [...alive(known, Date.now()), decision]);
      }
      return done.then((refused) => {
        // What was refused is not there to be taken back.
        const gone = new Set(refused.map(({ row }) => row.caseId));
        if (gone.size > 0) {
          setDecisions((known) =>
            known.flatMap((each) => {
              if (each.id !== id) return [each];
              const before = each.before.filter(({ caseId }) => !gone.has(caseId));
              return before.length === 0 ? [] : [{ ...each, before }];
            }),
          );
        }
        return refused;
      });
    },
    [accountId, carryOut],
  );

  /** Takes the newest decision back; answers which case it was about. */
  const undo = useCallback(
    (wanted?: Decision): ListedCase | undefined => {
      const decision = wanted ?? takeNewest(decisions, Date.now()).newest;
      if (decision === undefined) return undefined;
      setDecisions((known) => without(known, decision.id));
      // Cases that were something different before are taken back by different commands.
      const groups = new Map<string, { command: CaseCommand; before: ListedCase[] }>();
      for (const row of decision.before) {
        const command = compensationOf(decision.command, row);
        if (command === null) continue;
        const key = JSON.stringify(command);
        const group = groups.get(key) ?? { command, before: [] };
        group.before.push(row);
        groups.set(key, group);
      }
      for (const { command, before } of groups.values()) {
        const acted = before.map((row) => ({ ...row, version: pending.get(row.caseId)?.version ?? row.version + 1 }));
        void carryOut(acted, acted, command);
      }
      return decision.before[0];
    },
    [carryOut, decisions, pending],
  );

  const dismiss = useCallback((id: number | null) => {
    setRefusals((known) => (id === null ? [] : known.filter((each) => each.id !== id)));
  }, []);

  return useMemo(
    () => ({ pending, decisions, refusals, decide, undo, dismiss }),
    [pending, decisions, refusals, decide, undo, dismiss],
  );
}

export type DeskOfCases = ReturnType<typeof useDesk>;
