import type { CaseLane, Verdict } from '../api/schema.js';
import type { KeyBindings } from '../shell/keyboard.js';
import { verdicts } from './decisions.js';
import type { Deed } from './decisions.js';
import { laneLetters, laneNames } from './lanes.js';

export type QueueActions = {
  move: (step: 1 | -1) => void;
  open: () => void;
  leave: () => void;
  find: () => void;
  lane: (lane: CaseLane) => void;
  verdict: (verdict: Verdict) => void;
  deed: (deed: Deed) => void;
  select: (isRange: boolean) => void;
  undo: () => void;
};

/** The keys of the queue; where cases are only looked at, those that change nothing. */
export function bindingsOf(actions: QueueActions, mayJudge: boolean): KeyBindings {
  const lanes = laneNames.map((lane) => [`KeyG Key${laneLetters[lane]}`, () => actions.lane(lane)] as const);
  return {
    ...Object.fromEntries(lanes),
    KeyJ: () => actions.move(1),
    KeyK: () => actions.move(-1),
    ArrowDown: () => actions.move(1),
    ArrowUp: () => actions.move(-1),
    Enter: actions.open,
    Escape: actions.leave,
    Slash: actions.find,
    ...(mayJudge && {
      ...Object.fromEntries(verdicts.map((verdict, index) => [`Digit${index + 1}`, () => actions.verdict(verdict)])),
      KeyD: () => actions.deed('merge'),
      KeyE: () => actions.deed('close'),
      KeyH: () => actions.deed('snooze'),
      KeyA: () => actions.deed('assign'),
      KeyM: () => actions.deed('template'),
      KeyF: () => actions.deed('feedback'),
      KeyX: () => actions.select(false),
      'Shift+KeyX': () => actions.select(true),
      KeyZ: actions.undo,
    }),
  };
}
