import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerCaughtUp, answerOf, api } from '../api/client.js';
import type { PayLine } from '../api/schema.js';

const payKey = (portalId: string) => ['pay', portalId] as const;

/** What people earn in a month by all that is known now, and what more sales would bring. */
export function useProvisionalPay(portalId: string, query: { month: string; soldMore?: string }) {
  return useQuery({
    queryKey: [...payKey(portalId), 'provisional', query],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/provisional-pay', { params: { path: { portalId }, query }, signal }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** A month as it was paid, or what stands in the way of closing it. */
export function usePayPeriod(portalId: string, month: string) {
  return useQuery({
    queryKey: [...payKey(portalId), 'period', month],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/pay-periods/{month}', {
          params: { path: { portalId, month }, query: {} },
          signal,
        }),
      ),
  });
}

/** An issued payslip, made again from the log. */
export function usePayslip(portalId: string, month: string, userId: string) {
  return useQuery({
    queryKey: [...payKey(portalId), 'payslip', month, userId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/pay-periods/{month}/payslips/{userId}', {
          params: { path: { portalId, month, userId }, query: {} },
          signal,
        }),
      ),
  });
}

/** Objections to a month, and open ones to earlier months. */
export function usePayDisputes(portalId: string, month: string) {
  return useQuery({
    queryKey: [...payKey(portalId), 'disputes', month],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/pay-disputes', {
          params: { path: { portalId }, query: { month } },
          signal,
        }),
      ),
  });
}

/** Sales whose money is shared; for those who manage pay. */
export function useSharedSales(portalId: string) {
  return useQuery({
    queryKey: [...payKey(portalId), 'shared'],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/sale-shares', { params: { path: { portalId }, query: {} }, signal }),
      ),
  });
}

type SharedSale = { dealId: string; shares: { userId: string; share: string }[] };
type Decision = { disputeId: string; outcome: 'upheld' | 'declined'; correctionKopecks: string; text: string };

/** Closes a month, objects, decides; the month is read again as of the decision. */
export function useManagePay(portalId: string, month: string) {
  const queries = useQueryClient();
  const onSuccess = async ({ position }: { position: string }) => {
    const period = await answerCaughtUp(() =>
      api.GET('/api/v1/portals/{portalId}/pay-periods/{month}', {
        params: { path: { portalId, month }, query: { minPosition: position } },
      }),
    );
    queries.setQueryData([...payKey(portalId), 'period', month], period);
    await queries.invalidateQueries({ queryKey: payKey(portalId) });
  };
  const of = (disputeId: string) => ({ params: { path: { portalId, disputeId } } });
  return {
    close: useMutation({
      mutationFn: () =>
        answerOf(
          api.POST('/api/v1/portals/{portalId}/pay-periods/{month}/closing', { params: { path: { portalId, month } } }),
        ),
      onSuccess,
      // The list of what stands in the way may be another one by now.
      onError: () => queries.invalidateQueries({ queryKey: [...payKey(portalId), 'period', month] }),
    }),
    dispute: useMutation({
      mutationFn: ({ line, text }: { line: Pick<PayLine, 'kind' | 'id'> | null; text: string }) =>
        answerOf(
          api.POST('/api/v1/portals/{portalId}/pay-disputes', {
            params: { path: { portalId } },
            body: { month, line, text },
          }),
        ),
      onSuccess,
    }),
    share: useMutation({
      mutationFn: ({ dealId, shares }: SharedSale) =>
        answerOf(
          api.PUT('/api/v1/portals/{portalId}/sale-shares/{recordId}', {
            params: { path: { portalId, recordId: dealId } },
            body: { shares },
          }),
        ),
      onSuccess,
    }),
    withdraw: useMutation({
      mutationFn: (disputeId: string) =>
        answerOf(api.DELETE('/api/v1/portals/{portalId}/pay-disputes/{disputeId}', of(disputeId))),
      onSuccess,
    }),
    decide: useMutation({
      mutationFn: ({ disputeId, ...body }: Decision) =>
        answerOf(api.POST('/api/v1/portals/{portalId}/pay-disputes/{disputeId}/decision', { ...of(disputeId), body })),
      onSuccess,
    }),
  };
}

/** Where a payroll is downloaded from. */
export const payrollUrl = (portalId: string, month: string, format: 'xlsx' | 'csv', language: string): string =>
  `/api/v1/portals/${portalId}/pay-periods/${month}/payroll?format=${format}&language=${language}`;
