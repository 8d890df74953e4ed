import { useEffect, useState } from 'react';
import { answerOf, api } from '../api/client.js';

const BEAT_MS = 10_000;
/** Whoever runs through the list looks at nothing. */
const DWELL_MS = 600;

/** Says that a case is looked at for as long as it is, and answers who else looks at it. */
export function usePresence(portalId: string, caseId: string | undefined, isWanted: boolean): readonly string[] {
  const [others, setOthers] = useState<readonly string[]>([]);

  useEffect(() => {
    setOthers((known) => (known.length === 0 ? known : []));
    if (caseId === undefined || !isWanted) return;
    const params = { path: { portalId, caseId } };
    let isGone = false;
    let hasLooked = false;
    const beat = async () => {
      // A page in the background is not looked at.
      if (document.visibilityState === 'hidden') return;
      hasLooked = true;
      const told = await answerOf(api.PUT('/api/v1/portals/{portalId}/cases/{caseId}/presence', { params })).catch(
        () => null,
      );
      if (told === null || isGone) return;
      setOthers((known) => (known.join() === told.others.join() ? known : told.others));
    };
    const first = window.setTimeout(() => void beat(), DWELL_MS);
    const timer = window.setInterval(() => void beat(), BEAT_MS);
    return () => {
      isGone = true;
      window.clearTimeout(first);
      window.clearInterval(timer);
      if (!hasLooked) return;
      void api
        .DELETE('/api/v1/portals/{portalId}/cases/{caseId}/presence', { params, keepalive: true })
        .catch(() => null);
    };
  }, [portalId, caseId, isWanted]);

  return others;
}
