/** The user id that the portal notes for a doer; automation has none. */
export function doerId(by: string): string {
  if (by === 'robot') return '0';
  return by === 'import' ? '1' : by;
}
