import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that stays the same while what it does is always the newest: what gets it is not drawn again for it. */
export function useStable<Arguments extends unknown[], Result>(
  action: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  const newest = useRef(action);
  useLayoutEffect(() => {
    newest.current = action;
  });
  return useCallback((...args: Arguments) => newest.current(...args), []);
}
