/** Sessions a reader may have at once: Grafana opens ten, and has ten old ones while it starts anew. */
const CONNECTIONS = 20;

/**
 * What sessions of a reader begin with. Whoever may send any SQL can change all of it: it keeps mistakes small. What
 * cannot be changed are the grants, the walls and the number of connections.
 */
const sessionSettings = {
  default_transaction_read_only: 'on',
  statement_timeout: '30s',
  // Compiling takes longer than most questions of a dashboard.
  jit: 'off',
  work_mem: '64MB',
  // A dashboard must not take the processors that projections need, nor read a table whole to share the work.
  max_parallel_workers_per_gather: '0',
  // Every name is looked for where it says it is; what the server itself has is found all the same.
  search_path: '',
};

/**
 * The statements that give a login, quoted where it must be, the limits and settings of a reader, in place of whatever it has
 * told the server about its sessions.
 */
export const restrainReader = (login: string): string[] => [
  `ALTER ROLE ${login} CONNECTION LIMIT ${CONNECTIONS}`,
  `ALTER ROLE ${login} RESET ALL`,
  // What is set for one database goes before what is set for all.
  `DO $$ BEGIN EXECUTE format('ALTER ROLE ${login} IN DATABASE %I RESET ALL', current_database()); END $$`,
  ...Object.entries(sessionSettings).map(([name, value]) => `ALTER ROLE ${login} SET ${name} = '${value}'`),
];
