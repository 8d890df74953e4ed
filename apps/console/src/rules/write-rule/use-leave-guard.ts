import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** Asks before the page is left while something is not saved; `leave` says that it was, and goes. */
export function useLeaveGuard(isUnsaved: boolean) {
  const guards = useRef(isUnsaved);
  useEffect(() => {
    guards.current = isUnsaved;
  }, [isUnsaved]);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => guards.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => guards.current,
    withResolver: true,
  });
  return {
    asks: blocker.status === 'blocked',
    stay: () => blocker.reset?.(),
    goOn: () => blocker.proceed?.(),
    leave: (go: () => void) => {
      guards.current = false;
      go();
    },
  };
}
