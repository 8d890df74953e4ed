/** Not there yet. */
export function AuditPage() {
  return null;
}

/** Not there yet. */
export function PortalAuditPage() {
  return null;
}
