/** Not there yet. */
export function AccountsPage() {
  return null;
}
