type Key = { code: string; shiftKey: boolean; timeStamp: number };

const SEQUENCE_MS = 1200;
/** Begins a sequence: what follows it is never the key alone. */
const LEADER = 'KeyG';

/** Digits are the same on both parts of the keyboard. */
const nameOf = ({ code, shiftKey }: Key): string => {
  const name = code.replace(/^Numpad(\d|Enter)$/, (_whole, key: string) => (key === 'Enter' ? key : `Digit${key}`));
  return shiftKey ? `Shift+${name}` : name;
};

const isModifier = (code: string): boolean => /^(Shift|Control|Alt|Meta)(Left|Right)$/.test(code);

/** Reads keys one after the other and answers which binding is meant: a sequence before the key alone. */
export function createKeyReader(): <Action>(
  key: Key,
  bindings: Readonly<Record<string, Action>>,
) => Action | undefined {
  let first: { key: string; atMs: number } | null = null;
  return (event, bindings) => {
    // Shift is pressed on the way to a key; it does not end a sequence.
    if (isModifier(event.code)) return undefined;
    const key = nameOf(event);
    const isSequence = first !== null && event.timeStamp - first.atMs < SEQUENCE_MS;
    const sequence = isSequence && first !== null ? bindings[`${first.key} ${key}`] : undefined;
    const isAfterLeader = isSequence && first?.key === LEADER;
    first = isAfterLeader ? null : { key, atMs: event.timeStamp };
    return sequence ?? (isAfterLeader ? undefined : bindings[key]);
  };
}
