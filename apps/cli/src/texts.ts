import type { DamageKind } from '@funnelwatch/event-log';
import type { RegisteredPortal, RotationReport } from '@funnelwatch/portals';
import type { Language } from './language.js';
import { english } from './texts-in-english.js';
import { russian } from './texts-in-russian.js';

export interface Texts {
  summary: string;
  help: Record<
    | 'account'
    | 'accountList'
    | 'accountFirstLink'
    | 'accountResetLink'
    | 'accountRemove'
    | 'email'
    | 'portal'
    | 'check'
    | 'add'
    | 'list'
    | 'verify'
    | 'status'
    | 'migrate'
    | 'webhook'
    | 'name'
    | 'zone'
    | 'databaseUrl'
    | 'keyFile'
    | 'data'
    | 'json'
    | 'lang'
    | 'bucket'
    | 'new'
    | 'confirmDeletions'
    | 'set'
    | 'language'
    | 'days'
    | 'hours'
    | 'newWebhook'
    | 'pause'
    | 'resume'
    | 'remove'
    | 'removeYes'
    | 'rebuild'
    | 'readModel'
    | 'rebuildRate'
    | 'backup'
    | 'backupFolder'
    | 'backupKeys'
    | 'restore'
    | 'restoreFolder'
    | 'restoreKeys'
    | 'erasures'
    | 'verifyReadModels'
    | 'rebuildDetach'
    | 'rebuildStatus'
    | 'rebuildCancel'
    | 'rebuildRollBack'
    | 'rebuildDrop'
    | 'rebuildPortal'
    | 'rebuildStream'
    | 'portalId'
    | 'quarantine'
    | 'quarantineList'
    | 'quarantineRetry'
    | 'quarantineId'
    | 'projection'
    | 'all'
    | 'withLogins'
    | 'noRoles'
    | 'printRoles'
    | 'reader'
    | 'readerAdd'
    | 'readerList'
    | 'readerRemove'
    | 'readerLogin'
    | 'readerPortal'
    | 'readerAllPortals'
    | 'readerPassword'
    | 'erase'
    | 'subject'
    | 'yes'
    | 'eraseKeys'
    | 'key'
    | 'keyRotate',
    string
  >;
  portalWorks: (host: string, userId: string, isAdministrator: boolean, serverTime: string, scopes: string) => string;
  notAdministrator: string;
  scopeMissing: (scope: string) => string;
  noAccounts: string;
  confirmAccountRemoval: (email: string) => string;
  accountRemoved: (email: string) => string;
  noReaders: string;
  /** The number of portals is null for all of them. */
  readerAdded: (login: string, portals: number | null, isNew: boolean) => string;
  readerSeesAll: string;
  readerSeesNothing: string;
  readerCannotLogIn: string;
  confirmReaderRemoval: (login: string) => string;
  readerRemoved: (login: string) => string;
  linkCreated: (link: string, expiresAt: Date) => string;
  portalAdded: (host: string, portalId: string) => string;
  noPortals: string;
  portalSet: (portal: RegisteredPortal) => string;
  webhookReplaced: (name: string) => string;
  portalPaused: (name: string) => string;
  portalResumed: (name: string) => string;
  confirmRemoval: (name: string, host: string) => string;
  portalRemoved: (name: string) => string;
  connection: Record<'connecting' | 'connected' | 'failed', string>;
  phase: Record<'waiting' | 'configuration' | 'backfill' | 'live' | 'failed', string>;
  status: Record<'active' | 'paused' | 'removed', string>;
  backfill: (done: number, total: number) => string;
  visibilityLoss: (kind: string, held: number, missing: number) => string;
  generationState: Record<'building' | 'serving' | 'retired' | 'failed', string>;
  rebuildProgress: (done: number, total: number, perSecond: number, secondsLeft: number | null) => string;
  rebuildDiffers: (difference: string) => string;
  tableCopied: (table: string, rows: number, bytes: number) => string;
  backedUp: (folder: string, bytes: number, keysFolder: string) => string;
  restored: (madeAt: string, events: number, erased: number) => string;
  switchPostponed: (reason: string) => string;
  partProgress: (done: number, total: number) => string;
  partRebuilt: (part: { events: number; setAside: number; position: string; heldMs: number }) => string;
  deletionsConfirmed: (kind: string, missing: number) => string;
  nothingInDoubt: string;
  lastTick: (secondsAgo: number | null) => string;
  watermark: (through: string | null) => string;
  certificate: (day: string | null) => string;
  logPosition: (position: string) => string;
  databaseReady: (applied: number) => string;
  loginsReady: (logins: string) => string;
  eraseNeedsYes: (subject: string) => string;
  erased: (subject: string, linked: number, events: number) => string;
  keyRotated: (report: RotationReport) => string;
  oldKeysLeft: (tables: string) => string;
  readModelsNotTold: string;
  notRewritten: (tables: string) => string;
  listNotRenewed: string;
  topicReady: (topic: string, isNew: boolean) => string;
  bucketIntact: (bucket: number, from: number, through: number, events: number, erased: number) => string;
  bucketDamaged: (bucket: number, damages: number) => string;
  damage: Record<DamageKind, string>;
  checkpointAhead: (projection: string, bucket: number, position: number, head: number) => string;
  checkpointStopped: (projection: string, bucket: number, position: number, code: string) => string;
  certificateAge: (portal: string, minutes: number | null) => string;
  readModelCompared: (readModel: string, portals: number, wrong: number) => string;
  logIntact: (events: number) => string;
  logDamaged: string;
  quarantineEmpty: string;
  waitsBehind: string;
  quarantinedFor: (seconds: number, attempts: number) => string;
  retryRequested: (events: number) => string;
}

export const textsIn = (language: Language): Texts => (language === 'ru' ? russian : english);
