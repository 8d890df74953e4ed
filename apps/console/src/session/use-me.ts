import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Permission } from '@funnelwatch/identity-contracts';
import { answerOf, api } from '../api/client.js';
import type { Me } from '../api/schema.js';
import { may, ownUsersIn } from './access.js';

const REFRESH_MS = 60_000;

/** Who is signed in, and what they may do, as it is asked for everywhere. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/session', { signal })),
  staleTime: 30_000,
});

/** Who is signed in; read again every minute, as roles are given and taken meanwhile. */
export function useMe({ isWanted = true }: { isWanted?: boolean } = {}) {
  return useQuery({ ...meQuery, refetchInterval: REFRESH_MS, enabled: isWanted });
}

type Access = {
  me: Me | undefined;
  /** Whether something may be done, in a portal or without one in the whole installation. */
  may: (permission: Permission, portalId?: string) => boolean;
  /** Users of the portal whose figures alone are shown; null for everybody's. */
  ownUsersIn: (portalId: string) => readonly string[] | null;
};

/** What whoever is signed in may do; nothing while that is not known. */
export function useAccess(): Access {
  const me = useMe().data;
  return {
    me,
    may: (permission, portalId) => may(me, permission, portalId),
    ownUsersIn: (portalId) => ownUsersIn(me, portalId),
  };
}
