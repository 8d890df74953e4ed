import { Capture1795820000001 } from './migrations/1795820000001-capture.js';
import { ConfirmDeletions1795820000002 } from './migrations/1795820000002-confirm-deletions.js';
import { MatchKeys1795820000003 } from './migrations/1795820000003-match-keys.js';

/** Migrations of the schema `capture`, in order. */
export const captureMigrations = [Capture1795820000001, ConfirmDeletions1795820000002, MatchKeys1795820000003];
