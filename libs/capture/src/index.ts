export { type BackfillListing, readBackfillProgress } from './backfill/backfill-progress.js';
export { captureMigrations } from './capture-migrations.js';
export {
  type CaptureDependencies,
  type CapturePeriods,
  capturePortal,
  type ConnectionReport,
  type PortalToCapture,
} from './capture-portal.js';
export { forgetPersonalData } from './erasure/forget-personal-data.js';
export { linkedStreams } from './erasure/linked-streams.js';
export type { CaptureLogger } from './portal-session.js';
export { confirmDeletions } from './reconcile/confirm-deletions.js';
export {
  type CapturePhase,
  type CaptureStatus,
  type Certificate,
  readCaptureStatus,
  readLastCertificate,
  readVisibilityLosses,
  type VisibilityLoss,
} from './status/capture-status.js';
