import { useEffect, useRef } from 'react';
import { createKeyReader } from './key-reader.js';

/** Physical keys (`KeyboardEvent.code`), so that they are the same in the Russian layout; `Shift+` in front, two for a sequence. */
export type KeyBindings = Readonly<Record<string, () => void>>;

type KeyOptions = {
  /** Also while a dialog is open. */
  alsoInDialogs?: boolean;
  /** Before the keys of what stands around: a page may mean something else by the same key. */
  isFirst?: boolean;
};

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** A button that has the focus is pressed by these keys, whatever else they mean. */
function isPressing({ code, target }: KeyboardEvent): boolean {
  if (code !== 'Enter' && code !== 'Space' && code !== 'NumpadEnter') return false;
  return target instanceof HTMLElement && target.closest('button, a, summary, [role="menuitem"]') !== null;
}

/** Listens for keys on the whole page, but not while somebody types, nor under an open dialog unless asked to. */
export function useKeys(bindings: KeyBindings, { alsoInDialogs = false, isFirst = false }: KeyOptions = {}): void {
  const current = useRef(bindings);
  useEffect(() => {
    current.current = bindings;
  });

  useEffect(() => {
    const read = createKeyReader();
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (isPressing(event)) return;
      if (!alsoInDialogs && document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      const action = read(event, current.current);
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', listen, { capture: isFirst });
    return () => window.removeEventListener('keydown', listen, { capture: isFirst });
  }, [alsoInDialogs, isFirst]);
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
