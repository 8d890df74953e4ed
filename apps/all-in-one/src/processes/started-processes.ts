import type { SupervisedProcess } from './supervised-process.js';

/** Applications get this long to finish what they are at, servers that nobody uses any more a little less. */
const APPLICATION_STOP_MS = 5000;
const SERVER_STOP_MS = 4000;

/**
 * What a start has launched. Servers (database, broker) outlive the applications that work with them: `stop` ends all
 * applications together, then all servers, within 10 s.
 */
export class StartedProcesses {
  private readonly servers: SupervisedProcess[] = [];
  private readonly applications: SupervisedProcess[] = [];

  addServer(process: SupervisedProcess): void {
    this.servers.push(process);
  }

  addApplication(process: SupervisedProcess): void {
    this.applications.push(process);
  }

  get isEmpty(): boolean {
    return this.servers.length + this.applications.length === 0;
  }

  /** Process ids by the names of the processes. */
  get pids(): Record<string, number | undefined> {
    return Object.fromEntries([...this.servers, ...this.applications].map((process) => [process.name, process.pid]));
  }

  async stop(): Promise<void> {
    await Promise.all(this.applications.map((application) => application.stop(APPLICATION_STOP_MS)));
    await Promise.all(this.servers.map((server) => server.stop(SERVER_STOP_MS)));
  }
}
