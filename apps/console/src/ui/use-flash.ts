import { useEffect, useRef, useState } from 'react';

const FLASH_MS = 2400;

/** True for a moment after `value` changed while `scope` (the filters it was counted with) stayed the same. */
export function useFlash(value: string | number, scope: string): boolean {
  const last = useRef({ value, scope });
  const [isFlashing, setIsFlashing] = useState(false);

  useEffect(() => {
    const before = last.current;
    last.current = { value, scope };
    if (before.scope !== scope) {
      setIsFlashing(false);
      return;
    }
    if (before.value !== value) setIsFlashing(true);
  }, [value, scope]);

  useEffect(() => {
    if (!isFlashing) return;
    const timer = window.setTimeout(() => setIsFlashing(false), FLASH_MS);
    return () => window.clearTimeout(timer);
  }, [isFlashing, value]);

  return isFlashing;
}
