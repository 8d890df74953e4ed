/** Whether a text has the shape of the token of a one-time link. */
export function isToken(text: string | null): text is string {
  return text !== null && /^[A-Za-z0-9_-]{43}$/.test(text);
}

const SHORTEST_PASSWORD = 10;

/** Characters that a new password still lacks, counted as the API counts them. */
export function lackingCharacters(password: string): number {
  return Math.max(0, SHORTEST_PASSWORD - password.length);
}

/** Whether a text may be somebody's e-mail address; the API decides. */
export function mayBeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
