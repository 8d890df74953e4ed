import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerCaughtUp, answerOf, api } from '../api/client.js';
import type {
  AuditMark,
  Calibration,
  ChecklistBody,
  GoldReason,
  Judgement,
  QualitySettingsBody,
} from '../api/schema.js';
import type { WeekPeriod } from '../discipline/discipline-search.js';
import { cardQuery } from '../queue/use-cases.js';

const REFRESH_MS = 20_000;
/** Looked at with every card; whoever changes the set here sees it at once. */
const GOLD_STALE_MS = 60_000;

const key = (portalId: string, ...rest: string[]) => ['cases', portalId, 'quality', ...rest];

/** Shares, plan of sampling, and how large the gold set is. */
export function useQualitySettings(portalId: string) {
  return useQuery({
    queryKey: key(portalId, 'settings'),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/quality-settings', { params: { path: { portalId } }, signal })),
  });
}

/** How far second verdicts agree with the first. */
export function useAgreement(portalId: string, period: WeekPeriod) {
  return useQuery({
    queryKey: key(portalId, 'agreement', period.from, period.to),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/curator-agreement', {
          params: { path: { portalId }, query: period },
          signal,
        }),
      ),
  });
}

/** Scores of curators, each part with what it rests on. */
export function useCuratorScores(portalId: string, period: WeekPeriod) {
  return useQuery({
    queryKey: key(portalId, 'scores', period.from, period.to),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/curator-scores', { params: { path: { portalId }, query: period }, signal }),
      ),
  });
}

/** Cases that wait for one's second verdict. */
export function useSecondReviews(portalId: string, isWanted: boolean) {
  return useQuery({
    enabled: isWanted,
    queryKey: key(portalId, 'reviews'),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/second-reviews', { params: { path: { portalId } }, signal })),
    refetchInterval: REFRESH_MS,
  });
}

/** Gives a second verdict; the card tells of the first one afterwards. */
export function useReviewBlindly(portalId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ caseId, verdict }: { caseId: string; verdict: Judgement }) => {
      const { position } = await answerOf(
        api.POST('/api/v1/portals/{portalId}/cases/{caseId}/commands', {
          params: { path: { portalId, caseId } },
          body: { type: 'review-blindly', verdict },
        }),
      );
      const card = await answerCaughtUp(() =>
        api.GET('/api/v1/portals/{portalId}/cases/{caseId}', {
          params: { path: { portalId, caseId }, query: { minPosition: position } },
        }),
      );
      queries.setQueryData(cardQuery(portalId, caseId).queryKey, card);
      return card;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: key(portalId) }),
  });
}

/** How well one agrees with gold cases, and the run under way. */
export function useCalibration(portalId: string, isWanted: boolean) {
  return useQuery({
    enabled: isWanted,
    queryKey: key(portalId, 'calibration'),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/calibration', { params: { path: { portalId } }, signal })),
  });
}

/** Begins a run over gold cases, and judges the one that is shown. */
export function useCalibrate(portalId: string) {
  const queries = useQueryClient();
  const onSuccess = (now: Calibration) => queries.setQueryData(key(portalId, 'calibration'), now);
  return {
    start: useMutation({
      mutationFn: () =>
        answerOf(api.POST('/api/v1/portals/{portalId}/calibration', { params: { path: { portalId } } })),
      onSuccess,
    }),
    judge: useMutation({
      mutationFn: (body: { caseId: string; verdict: Judgement }) =>
        answerOf(api.POST('/api/v1/portals/{portalId}/calibration/verdicts', { params: { path: { portalId } }, body })),
      onSuccess,
    }),
  };
}

/** Cases with a reference verdict. */
export function useGoldCases(portalId: string, isWanted: boolean) {
  return useQuery({
    enabled: isWanted,
    queryKey: key(portalId, 'gold'),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/gold-cases', { params: { path: { portalId } }, signal })),
    staleTime: GOLD_STALE_MS,
  });
}

/** Audits that wait to be filled in, or that one has scored. */
export function useAudits(portalId: string, state: 'open' | 'scored', isWanted: boolean) {
  return useQuery({
    enabled: isWanted,
    queryKey: key(portalId, 'audits', state),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/audits', {
          params: { path: { portalId }, query: { state, limit: 500 } },
          signal,
        }),
      ),
    select: (list) => list.items,
  });
}

/** One audit with its checklist. */
export function useAudit(portalId: string, auditId: string) {
  return useQuery({
    queryKey: key(portalId, 'audit', auditId),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/audits/{auditId}', { params: { path: { portalId, auditId } }, signal }),
      ),
  });
}

/** Scores an audit, and takes one's own score back. */
export function useScoreAudit(portalId: string, auditId: string) {
  const queries = useQueryClient();
  const params = { path: { portalId, auditId } };
  const onSuccess = async ({ position }: { position: string }) => {
    const audit = await answerCaughtUp(() =>
      api.GET('/api/v1/portals/{portalId}/audits/{auditId}', {
        params: { path: { portalId, auditId }, query: { minPosition: position } },
      }),
    );
    queries.setQueryData(key(portalId, 'audit', auditId), audit);
    void queries.invalidateQueries({ queryKey: key(portalId, 'audits') });
  };
  return {
    score: useMutation({
      mutationFn: (marks: AuditMark[]) =>
        answerOf(api.PUT('/api/v1/portals/{portalId}/audits/{auditId}/score', { params, body: { marks } })),
      onSuccess,
    }),
    withdraw: useMutation({
      mutationFn: () => answerOf(api.DELETE('/api/v1/portals/{portalId}/audits/{auditId}/score', { params })),
      onSuccess,
    }),
  };
}

/** Checklists that audits are filled in by. */
export function useChecklists(portalId: string, isWanted: boolean) {
  return useQuery({
    enabled: isWanted,
    queryKey: key(portalId, 'checklists'),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/checklists', { params: { path: { portalId } }, signal })),
    select: (list) => list.items,
  });
}

/** What an integrator decides about the control of quality. */
export function useManageQuality(portalId: string) {
  const queries = useQueryClient();
  // The read model is as far as the decision once one question has waited for it.
  const onSuccess = async ({ position }: { position: string }) => {
    await answerCaughtUp(() =>
      api.GET('/api/v1/portals/{portalId}/quality-settings', {
        params: { path: { portalId }, query: { minPosition: position } },
      }),
    );
    await queries.invalidateQueries({ queryKey: key(portalId) });
  };
  return {
    setSettings: useMutation({
      mutationFn: (body: QualitySettingsBody) =>
        answerOf(api.PUT('/api/v1/portals/{portalId}/quality-settings', { params: { path: { portalId } }, body })),
      onSuccess,
    }),
    setGold: useMutation({
      mutationFn: ({ caseId, ...body }: { caseId: string; verdict: Judgement; reason: GoldReason }) =>
        answerOf(
          api.PUT('/api/v1/portals/{portalId}/gold-cases/{caseId}', { params: { path: { portalId, caseId } }, body }),
        ),
      onSuccess,
    }),
    removeGold: useMutation({
      mutationFn: (caseId: string) =>
        answerOf(
          api.DELETE('/api/v1/portals/{portalId}/gold-cases/{caseId}', { params: { path: { portalId, caseId } } }),
        ),
      onSuccess,
    }),
    setChecklist: useMutation({
      mutationFn: ({ kind, body }: { kind: 'call' | 'meeting' | 'deal'; body: ChecklistBody }) =>
        answerOf(
          api.PUT('/api/v1/portals/{portalId}/checklists/{kind}', { params: { path: { portalId, kind } }, body }),
        ),
      onSuccess,
    }),
  };
}
