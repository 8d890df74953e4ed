import { Identity1795900000001 } from './migrations/1795900000001-identity.js';

/** Migrations of the schema `identity`, in order; they come after those of `registry`. */
export const identityMigrations = [Identity1795900000001];
