/** Not there yet. */
export function FleetPage() {
  return null;
}
