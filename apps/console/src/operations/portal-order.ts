import type { PortalCapture } from '../api/schema.js';

type Compare = (left: PortalCapture, right: PortalCapture) => number;

/** What concerns a person most first; equal ones by name. */
const sorted = (portals: readonly PortalCapture[], compare: Compare): PortalCapture[] =>
  portals.toSorted((left, right) => compare(left, right) || names.compare(left.portalName, right.portalName));

const names = new Intl.Collator('ru', { numeric: true });

const most =
  (figure: (portal: PortalCapture) => number): Compare =>
  (left, right) =>
    figure(right) - figure(left);

/** Broken ones, then by how old their data is; paused ones rest at the end. */
export const byFreshness = (portals: readonly PortalCapture[]): PortalCapture[] =>
  sorted(portals, (left, right) => most(urgency)(left, right) || most(oldness)(left, right));

const urgency = ({ status, connectionState, phase }: PortalCapture): number =>
  status === 'paused' ? 0 : connectionState === 'failed' || phase === 'failed' ? 2 : 1;

/** By the minute: what is polled moves up and down by seconds all the time. */
const oldness = ({ dataAgeSeconds }: PortalCapture): number => Math.floor((dataAgeSeconds ?? 0) / 60);

/** Share of the portal's request counter that is in use, 0 to 1; null where it is not known. */
export function usedShare({ budget }: PortalCapture): number | null {
  if (budget === null || budget.level === null || budget.capacity === null || budget.capacity === 0) return null;
  return Math.min(1, Math.max(0, budget.level / budget.capacity));
}

/** Those that were asked anything: with paused methods, then with waiting requests, then the busiest first. */
export const byBudget = (portals: readonly PortalCapture[]): PortalCapture[] =>
  sorted(
    portals.filter(({ budget }) => budget !== null),
    (left, right) =>
      most(({ budget }) => budget?.pausedMethods ?? 0)(left, right) ||
      most(({ budget }) => budget?.waiting ?? 0)(left, right) ||
      most((portal) => Math.round((usedShare(portal) ?? 0) * 10))(left, right),
  );

/** Those never certified, then by the age of the certificate; paused ones rest at the end. */
export const byCertificate = (portals: readonly PortalCapture[]): PortalCapture[] =>
  sorted(portals, (left, right) => most(isRead)(left, right) || most(certificateAge)(left, right));

const isRead = ({ status }: PortalCapture): number => Number(status === 'active');
const certificateAge = ({ certificate }: PortalCapture): number => Math.floor((certificate?.ageSeconds ?? 1e9) / 60);

/** Those where cases wait, the most overdue first. */
export const byQueue = (portals: readonly PortalCapture[]): PortalCapture[] =>
  sorted(
    portals.filter(({ queue }) => queue.open > 0),
    (left, right) =>
      most(({ queue }) => queue.overdue)(left, right) ||
      most(({ queue }) => queue.nearDue)(left, right) ||
      most(({ queue }) => queue.open)(left, right),
  );

/** Those with messages that are not done with, the longest overdue first. */
export const byOutbox = (portals: readonly PortalCapture[]): PortalCapture[] =>
  sorted(
    portals.filter(({ outbox }) => outbox !== null),
    most(({ outbox }) => Math.floor((outbox?.overdueSeconds ?? 0) / 60)),
  );
