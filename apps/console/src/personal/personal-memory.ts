const NAME = 'funnelwatch.personal';

/** Whether personal data is to be shown in this tab. */
export function recallPersonal(): boolean {
  try {
    return window.sessionStorage.getItem(NAME) === 'shown';
  } catch {
    return false;
  }
}

/** Keeps for this tab that personal data is to be shown, or hidden. */
export function rememberPersonal(isShown: boolean): void {
  try {
    if (isShown) window.sessionStorage.setItem(NAME, 'shown');
    else window.sessionStorage.removeItem(NAME);
  } catch {
    // Storage may be switched off: the choice lasts until the page is closed.
  }
}

/** Hides personal data again, for whoever comes next. */
export function forgetPersonal(): void {
  rememberPersonal(false);
}
