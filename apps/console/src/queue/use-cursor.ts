import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ListedCase } from '../api/schema.js';
import { neighbour } from './case-lines.js';
import { cardQuery } from './use-cases.js';

const SETTLE_MS = 70;

/** The case one is at. Cards next to it are read ahead, so that the next one is there at once. */
export function useCursor(portalId: string, rows: readonly ListedCase[], wanted: string | undefined, scope: string) {
  const queries = useQueryClient();
  const [place, setPlace] = useState({ scope, cursor: wanted });
  const lastIndex = useRef(0);
  // Another list begins where its address says, else at its first case.
  const cursor = (place.scope === scope ? place.cursor : wanted) ?? rows[0]?.caseId;
  const index = rows.findIndex(({ caseId }) => caseId === cursor);

  // Whoever has chosen nothing stays at the case they see first, whatever comes before it later.
  useEffect(() => {
    if (cursor !== undefined && (place.scope !== scope || place.cursor === undefined)) setPlace({ scope, cursor });
  }, [cursor, place, scope]);

  useEffect(() => {
    if (index !== -1) lastIndex.current = index;
  }, [index]);
  const [settled, setSettled] = useState(cursor);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setSettled(cursor);
      for (const step of [1, 2, -1]) {
        const next = index === -1 ? undefined : rows[index + step];
        if (next !== undefined) void queries.prefetchQuery(cardQuery(portalId, next.caseId));
      }
    }, SETTLE_MS);
    return () => window.clearTimeout(timer);
  }, [cursor, index, rows, portalId, queries]);

  const go = (caseId: string | undefined) => setPlace({ scope, cursor: caseId });
  return {
    cursor,
    index,
    /** Whether one stays here, or only runs through the list. */
    isSettled: settled === cursor,
    go,
    move: (step: 1 | -1) => go(neighbour(rows, cursor, lastIndex.current, step)?.caseId ?? cursor),
    /** Goes on from a case that is about to leave the list. */
    goOnFrom: (gone: ReadonlySet<string>) => {
      const at = Math.max(0, index);
      const next = rows.slice(at).find(({ caseId }) => !gone.has(caseId) && caseId !== cursor);
      const previous = rows.slice(0, at).findLast(({ caseId }) => !gone.has(caseId));
      go((next ?? previous)?.caseId);
    },
  };
}
