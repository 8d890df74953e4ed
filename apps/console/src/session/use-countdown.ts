import { useEffect, useState } from 'react';
import { ApiProblem } from '../api/problem.js';

/** Whether a refusal only asked to wait: once that is over there is nothing left to say. */
export function isWait(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 429;
}

/** Whole seconds that are left of the wait a refusal asked for; 0 when nothing need be waited for. */
export function useCountdown(error: unknown): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (!(error instanceof ApiProblem) || error.status !== 429) {
      setLeft(0);
      return;
    }
    const endMs = Date.now() + (error.retryAfterSeconds ?? 1) * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((endMs - Date.now()) / 1000)));
    tick();
    const timer = window.setInterval(tick, 250);
    return () => window.clearInterval(timer);
  }, [error]);
  return left;
}
