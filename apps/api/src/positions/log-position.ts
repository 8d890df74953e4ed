import { Rejection } from '@funnelwatch/kernel';

export interface LogPosition {
  bucket: number;
  position: number;
}

/** `3:1042` as numbers, or null when it is no position. */
export function parsePosition(text: string): LogPosition | null {
  const match = /^(\d{1,3}):(\d{1,15})$/.exec(text);
  return match ? { bucket: Number(match[1]), position: Number(match[2]) } : null;
}

/** A position given by a caller, inside the bucket of a portal. Throws `Rejection` POSITION_INVALID. */
export function positionInBucket(text: string, bucket: number): number {
  const parsed = parsePosition(text);
  if (parsed?.bucket === bucket) return parsed.position;
  throw new Rejection('POSITION_INVALID', `This is not a position of the portal: its positions begin with ${bucket}:.`);
}
