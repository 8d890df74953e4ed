import { createPool } from '@funnelwatch/postgres';
import { rotateMasterKey } from './rotate-master-key.js';

/** A rotation in a process of its own, which kills itself where it is told. */
const [databaseUrl = '', keyFile = '', point = '', now = ''] = process.argv.slice(2);
const pool = createPool({ url: databaseUrl, applicationName: 'funnelwatch-cli', max: 1, statementTimeoutMs: 0 });
await rotateMasterKey({
  pool,
  keyFile,
  now: new Date(now),
  onPoint: (passed) => {
    if (passed === point) process.kill(process.pid, 'SIGKILL');
  },
});
await pool.end();
