import type { BitrixClient } from '@funnelwatch/bitrix24';
import type { Clock } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { PortalConfiguration } from './configuration/portal-configuration.js';
import type { RecordingTools } from './observe/record-observations.js';
import type { CaptureWriter } from './write/capture-writer.js';

/** What capture says of its work; no personal data, no addresses with codes. */
export interface CaptureLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Everything the feeds of one portal share while this process holds its lease. */
export interface PortalSession {
  client: BitrixClient;
  writer: CaptureWriter;
  tools: RecordingTools;
  pool: Pool;
  clock: Clock;
  logger: CaptureLogger;
  signal: AbortSignal;
  /** The configuration as last read; feeds always take the present one. */
  configuration: PortalConfiguration;
  /** Number of a request, drawn before it is sent: grows also across holders of the lease. */
  nextRequest(): number;
}

/** Requests of one epoch; the next holder's numbers are greater. */
const REQUESTS_PER_EPOCH = 1_000_000_000;

/** Numbers requests under an epoch of the lease. */
export function requestNumbers(epoch: number): PortalSession['nextRequest'] {
  let request = epoch * REQUESTS_PER_EPOCH;
  return () => ++request;
}
