import { useEffect, useRef } from 'react';

/** For how many seconds a card has been in front of somebody. */
export function useShownSince(caseId: string | undefined): () => number {
  const since = useRef({ caseId, atMs: Date.now() });
  useEffect(() => {
    since.current = { caseId, atMs: Date.now() };
  }, [caseId]);
  return () => Math.min(86_400, Math.round((Date.now() - since.current.atMs) / 1000));
}
