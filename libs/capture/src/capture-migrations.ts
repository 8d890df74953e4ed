import { Capture1795820000001 } from './migrations/1795820000001-capture.js';

/** Migrations of the schema `capture`, in order. */
export const captureMigrations = [Capture1795820000001];
