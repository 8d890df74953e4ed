import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, doneOf } from '../api/client.js';
import type { Backtest, ParameterValue } from '../api/schema.js';
import { isOver } from './backtest-figures.js';
import type { BacktestPeriod } from './backtest-stretch.js';

const PROGRESS_MS = 700;

const listKey = (portalId: string) => ['cases', portalId, 'backtests'] as const;

/** The last backtests of a portal, newest first; followed closely while one of them runs. */
export function useBacktests(portalId: string) {
  return useQuery({
    queryKey: listKey(portalId),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/backtests', { params: { path: { portalId } }, signal })),
    select: (list) => list.items,
    staleTime: 10_000,
    refetchInterval: ({ state }) => (state.data?.items.every(isOver) === false ? PROGRESS_MS : false),
  });
}

/** Asks for a backtest, and ends one. */
export function useTryRules(portalId: string) {
  const queries = useQueryClient();
  const readAgain = () => queries.invalidateQueries({ queryKey: listKey(portalId) });
  return {
    request: useMutation({
      mutationFn: ({
        ruleId,
        rule,
        parameters,
        period,
      }: {
        ruleId: string;
        /** What is being written; the rule in force when left out. */
        rule?: Readonly<Record<string, unknown>>;
        /** Those that differ from the defaults; what the rule has now when left out. */
        parameters?: Record<string, ParameterValue>;
        period: BacktestPeriod;
      }) =>
        answerOf(
          api.POST('/api/v1/portals/{portalId}/rules/{ruleId}/backtests', {
            params: { path: { portalId, ruleId } },
            body: {
              ...(rule !== undefined && { rule }),
              ...(parameters !== undefined && { parameters }),
              ...(period !== null && { period }),
            },
          }),
        ),
      onSuccess: (asked) => {
        queries.setQueryData<{ items: Backtest[] }>(listKey(portalId), (known) => ({
          items: [
            asked,
            ...(known?.items ?? []).filter(({ ruleId, state }) => ruleId !== asked.ruleId || state !== 'waiting'),
          ],
        }));
        return readAgain();
      },
    }),
    cancel: useMutation({
      mutationFn: (backtestId: string) =>
        doneOf(
          api.DELETE('/api/v1/portals/{portalId}/backtests/{backtestId}', {
            params: { path: { portalId, backtestId } },
          }),
        ),
      onSettled: readAgain,
    }),
  };
}
