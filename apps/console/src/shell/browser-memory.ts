/** Reads a small choice of this browser; `null` when there is none or storage is switched off. */
export function recall(name: string): string | null {
  try {
    return window.localStorage.getItem(`funnelwatch.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a small choice (language, theme, last portal) in this browser; silently forgets where storage is off. */
export function remember(name: string, value: string): void {
  try {
    window.localStorage.setItem(`funnelwatch.${name}`, value);
  } catch {
    // Nothing depends on it: the choice lasts until the page is closed.
  }
}
