import { Outbox1795930000001 } from './migrations/1795930000001-outbox.js';

/** Migrations of the schema `writeback`, in order. */
export const writeBackMigrations = [Outbox1795930000001];
