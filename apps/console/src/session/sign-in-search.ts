import type { SignInReason } from './watch-session.js';

export type SignInSearch = { to?: string; why?: SignInReason };

/** Reads the parameters of the page where one signs in; where to go afterwards is checked when going there. */
export function readSignInSearch({ to, why }: Record<string, unknown>): SignInSearch {
  return {
    ...(typeof to === 'string' && { to }),
    ...((why === 'ended' || why === 'suspended') && { why }),
  };
}
