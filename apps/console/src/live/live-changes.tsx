import { useQueryClient } from '@tanstack/react-query';
import type { Query } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Change } from '../api/schema.js';
import { parseChange } from './parse-change.js';
import { recordKey, rememberChanged } from './recent-records.js';
import type { RecentRecords } from './recent-records.js';

/** `idle`: no portal is open; `lost`: changes do not arrive, figures may be old. */
export type LiveState = 'idle' | 'connecting' | 'live' | 'lost';

type Live = { state: LiveState; recent: RecentRecords; lastChange: Change | null };

const LiveContext = createContext<Live>({ state: 'idle', recent: new Map(), lastChange: null });

/** Figures are read again at most this often, however fast changes arrive. */
const REFRESH_MS = 1000;
const RECONNECT_MS = 3000;
/** A short break heals by itself; only then is the person told. */
const PATIENCE_MS = 4000;

/** Listens to a portal's changes and lets every figure of it be read again. */
export function LiveChanges({ portalId, children }: { portalId: string | undefined; children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('idle');
  const [recent, setRecent] = useState<RecentRecords>(new Map());
  const [lastChange, setLastChange] = useState<Change | null>(null);

  useEffect(() => {
    setRecent(new Map());
    setLastChange(null);
    if (portalId === undefined) {
      setState('idle');
      return;
    }
    let source: EventSource | null = null;
    let refresh: number | undefined;
    let reconnect: number | undefined;
    let patience: number | undefined;
    let lastRefresh = 0;
    let wasLost = false;
    let touched = new Set<string>();
    let isAnyTouched = false;
    setState('connecting');

    const readAgain = () => {
      refresh = undefined;
      lastRefresh = Date.now();
      const ofPortal = { queryKey: ['portal', portalId] };
      // Each reading of personal data is recorded: it is read again only when the record itself changed.
      const isTouched = (record: unknown) => typeof record === 'string' && (isAnyTouched || touched.has(record));
      const isWanted = ({ meta }: Query) => meta?.personal !== 'shown' || isTouched(meta.record);
      void queries.invalidateQueries({ ...ofPortal, predicate: isWanted });
      void queries.invalidateQueries({ ...ofPortal, predicate: (query) => !isWanted(query), refetchType: 'none' });
      touched = new Set();
      isAnyTouched = false;
      void queries.invalidateQueries({ queryKey: ['portals'] });
    };
    const readAgainSoon = () => {
      if (refresh !== undefined) return;
      refresh = window.setTimeout(readAgain, Math.max(0, lastRefresh + REFRESH_MS - Date.now()));
    };
    /** Nobody says which records changed. */
    const readAllAgain = () => {
      isAnyTouched = true;
      readAgainSoon();
    };
    const lose = () => {
      patience ??= window.setTimeout(() => {
        wasLost = true;
        setState('lost');
      }, PATIENCE_MS);
    };
    const open = () => {
      source = new EventSource(`/api/v1/portals/${encodeURIComponent(portalId)}/changes`);
      source.onopen = () => {
        window.clearTimeout(patience);
        patience = undefined;
        setState('live');
        if (wasLost) readAllAgain();
        wasLost = false;
      };
      source.onerror = () => {
        lose();
        if (source?.readyState !== EventSource.CLOSED) return;
        // Refused: the session may have ended, or the role was taken away.
        void queries.invalidateQueries({ queryKey: ['me'] });
        window.clearTimeout(reconnect);
        reconnect = window.setTimeout(open, RECONNECT_MS);
      };
      source.addEventListener('change', (event: MessageEvent<unknown>) => {
        const change = parseChange(event.data);
        if (change === null) return;
        setLastChange(change);
        for (const { kind, id } of change.records) touched.add(recordKey(kind, id));
        if (change.more) isAnyTouched = true;
        setRecent((known) => rememberChanged(known, change.records, Date.now()));
        readAgainSoon();
      });
      source.addEventListener('reset', readAllAgain);
    };
    open();
    return () => {
      source?.close();
      window.clearTimeout(refresh);
      window.clearTimeout(reconnect);
      window.clearTimeout(patience);
    };
  }, [portalId, queries]);

  const live = useMemo(() => ({ state, recent, lastChange }), [state, recent, lastChange]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** Whether changes arrive, and what changed lately. */
export function useLive(): Live {
  return useContext(LiveContext);
}

/** Whether a record changed in the last seconds. */
export function useRecentlyChanged(kind: string, id: string): boolean {
  return useLive().recent.has(recordKey(kind, id));
}
