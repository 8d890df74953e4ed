import { useCallback, useEffect, useState } from 'react';

const NOTICE_MS = 5_000;

/** A sentence that goes away by itself. */
export function useNotice(): [string | null, (notice: string) => void] {
  const [notice, setNotice] = useState<{ text: string } | null>(null);
  useEffect(() => {
    if (notice === null) return;
    const timer = window.setTimeout(() => setNotice(null), NOTICE_MS);
    return () => window.clearTimeout(timer);
  }, [notice]);
  const say = useCallback((text: string) => setNotice({ text }), []);
  return [notice?.text ?? null, say];
}
