import { useKeys } from '../shell/keyboard.js';
import { bindingsOf } from './queue-keys.js';
import type { QueueActions } from './queue-keys.js';

/** Listens for the keys of the queue, before those of the frame around it. */
export function useQueueKeys(actions: QueueActions, mayJudge: boolean): void {
  useKeys(bindingsOf(actions, mayJudge), { isFirst: true });
}
