import { inScope } from '@funnelwatch/postgres';

/**
 * Runs `work` in the scope of its caller where it is about one portal, so that the database refuses another one; rows of
 * the whole installation belong to no portal and are seen only by whoever may see all.
 */
export const inScopeOf = <Result>(portalId: string | null, work: () => Promise<Result>): Promise<Result> =>
  portalId === null ? inScope('all', work) : work();
