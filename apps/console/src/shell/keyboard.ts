import { useEffect, useRef } from 'react';

/** Physical keys (`KeyboardEvent.code`), so that they are the same in the Russian layout; `Shift+` in front, two for a sequence. */
export type KeyBindings = Readonly<Record<string, () => void>>;

const SEQUENCE_MS = 1200;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Listens for keys on the whole page, but not while somebody types, nor under an open dialog unless asked to. */
export function useKeys(bindings: KeyBindings, options: { alsoInDialogs: boolean } = { alsoInDialogs: false }): void {
  const { alsoInDialogs } = options;
  const current = useRef(bindings);
  useEffect(() => {
    current.current = bindings;
  });

  useEffect(() => {
    let first: { key: string; atMs: number } | null = null;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (!alsoInDialogs && document.querySelector('[role="dialog"]') !== null) return;
      const key = event.shiftKey ? `Shift+${event.code}` : event.code;
      const sequence = first !== null && event.timeStamp - first.atMs < SEQUENCE_MS ? `${first.key} ${key}` : null;
      first = { key, atMs: event.timeStamp };
      const action = (sequence === null ? undefined : current.current[sequence]) ?? current.current[key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [alsoInDialogs]);
}

/** Moves the focus to the next (`1`) or previous (`-1`) element marked `data-row`, inside the open dialog if there is one. */
export function moveRowFocus(step: 1 | -1): void {
  const dialogs = document.querySelectorAll('[role="dialog"]');
  const scope = dialogs[dialogs.length - 1] ?? document.querySelector('main') ?? document.body;
  const rows = [...scope.querySelectorAll<HTMLElement>('[data-row]')];
  const active = document.activeElement;
  const at = rows.findIndex((row) => row === active || row.contains(active));
  const next = at === -1 ? (step === 1 ? rows[0] : rows[rows.length - 1]) : rows[at + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
