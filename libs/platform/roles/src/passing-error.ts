import pg from 'pg';

/** Roles belong to the whole server: another database of it may be prepared, or another login made, at the same moment. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  return (
    ['40001', '40P01', '55P03'].includes(error.code ?? '') || /tuple concurrently (updated|deleted)/.test(error.message)
  );
}
