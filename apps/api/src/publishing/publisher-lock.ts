import type pg from 'pg';

/** Held by the one process that publishes; the server lets go of it when the process or its connection ends. */
const PUBLISHER_LOCK = 7_958_200;

/** Sees to it that one process at a time publishes, by a lock of a session that is kept between rounds. */
export class PublisherLock {
  private session: pg.PoolClient | null = null;

  constructor(private readonly pool: pg.Pool) {}

  /** Whether this process is the one: takes the lock unless another has it, and asks whether it is still held. */
  async hold(): Promise<boolean> {
    if (this.session && (await isAlive(this.session))) return true;
    this.letGo();
    const session = await this.pool.connect();
    try {
      const { rows } = await session.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [
        PUBLISHER_LOCK,
      ]);
      if (rows[0]?.mine === true) this.session = session;
      else session.release();
    } catch (error) {
      session.release(true);
      throw error;
    }
    return this.session !== null;
  }

  /** Lets another process publish. Harmless when the lock is not held. */
  async release(): Promise<void> {
    // Before the connection ends, so that who asks next is not told of a session that is about to go.
    await this.session?.query('SELECT pg_advisory_unlock($1)', [PUBLISHER_LOCK]).catch(() => undefined);
    this.letGo();
  }

  private letGo(): void {
    this.session?.release(true);
    this.session = null;
  }
}

async function isAlive(session: pg.PoolClient): Promise<boolean> {
  try {
    await session.query('SELECT');
    return true;
  } catch {
    return false;
  }
}
