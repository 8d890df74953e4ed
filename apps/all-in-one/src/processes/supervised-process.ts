import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Rejection } from '@funnelwatch/kernel';

const LARGEST_LOG_BYTES = 20 * 1024 * 1024;

export interface ProcessOrder {
  name: string;
  /** Compiled entry point. */
  entry: string;
  arguments?: string[];
  environment?: Record<string, string>;
  /** Most memory of the process's long-lived objects: a bounded heap is collected in time and stays flat. */
  heapMiB?: number;
  /** Sent over the channel right after the start. */
  message?: Record<string, unknown>;
  /** Keeps terminal signals away: the process ends when the channel closes. */
  isDetached?: boolean;
  startTimeoutMs: number;
}

/** A child application that is started again when it dies, until `stop` is called. */
export class SupervisedProcess {
  private child: ChildProcess | null = null;
  private isStopping = false;
  private failures = 0;
  private readonly log: WriteStream;

  private constructor(
    private readonly order: ProcessOrder,
    logFile: string,
    private readonly onRestart: (name: string, reason: string) => void,
  ) {
    this.log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  }

  /**
   * Starts the process and resolves with what it reported when ready.
   * Throws `APP_FAILED_TO_START` naming the log file.
   */
  static async start<Ready extends object>(
    order: ProcessOrder,
    logsFolder: string,
    onRestart: (name: string, reason: string) => void,
  ): Promise<{ process: SupervisedProcess; ready: Ready }> {
    const logFile = join(logsFolder, `${order.name}.log`);
    const size = await stat(logFile).then(
      (found) => found.size,
      () => 0,
    );
    if (size > LARGEST_LOG_BYTES) await rename(logFile, `${logFile}.1`);
    const supervised = new SupervisedProcess(order, logFile, onRestart);
    try {
      return { process: supervised, ready: (await supervised.launch()) as Ready };
    } catch (error) {
      await supervised.stop(2000);
      const detail = error instanceof Error ? error.message : String(error);
      throw new Rejection('APP_FAILED_TO_START', `${order.name} did not start: ${detail} See ${logFile}.`, {
        cause: error,
      });
    }
  }

  get name(): string {
    return this.order.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Asks the process to end and kills it after the time-out. */
  async stop(timeoutMs: number): Promise<void> {
    this.isStopping = true;
    const child = this.child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      if (child.connected) child.disconnect();
      const killer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      await ended;
      clearTimeout(killer);
    }
    await new Promise<void>((resolve) => this.log.end(resolve));
  }

  private launch(): Promise<object> {
    const { order } = this;
    const child = fork(order.entry, order.arguments ?? [], {
      // With one arena a core glibc keeps what bursts of buffers once needed: memory would grow with the run.
      env: { MALLOC_ARENA_MAX: '2', ...process.env, ...order.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: order.isDetached ?? false,
      execArgv: [
        '--max-semi-space-size=8',
        // kafkajs sets timers of a negative time, which are as good as none.
        '--disable-warning=TimeoutNegativeWarning',
        ...(order.heapMiB ? [`--max-old-space-size=${order.heapMiB}`] : []),
      ],
    });
    this.child = child;
    child.stdout?.pipe(this.log, { end: false });
    child.stderr?.pipe(this.log, { end: false });
    if (order.message) child.send(order.message);
    return new Promise((resolve, reject) => {
      let isReady = false;
      const timer = setTimeout(
        () => reject(new Error(`no answer within ${order.startTimeoutMs / 1000} s.`)),
        order.startTimeoutMs,
      );
      child.on('message', (message: { type?: string; message?: string }) => {
        if (message.type === 'failed') {
          clearTimeout(timer);
          reject(new Error(message.message ?? 'it failed.'));
        }
        if (message.type !== 'ready') return;
        isReady = true;
        clearTimeout(timer);
        resolve(message);
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        const reason = signal ? `signal ${signal}` : `exit code ${code ?? '?'}`;
        if (!isReady) reject(new Error(`it ended with ${reason}.`));
        else if (!this.isStopping) this.restart(reason);
      });
    });
  }

  private restart(reason: string): void {
    this.onRestart(this.order.name, reason);
    const delayMs = Math.min(500 * 2 ** this.failures, 15_000);
    this.failures += 1;
    const quietAgain = setTimeout(() => (this.failures = 0), delayMs + 60_000);
    quietAgain.unref();
    setTimeout(() => {
      if (this.isStopping) return;
      this.launch().catch((error: unknown) => {
        // A start that timed out leaves its process behind; the next attempt must not meet it.
        this.child?.kill('SIGKILL');
        if (!this.isStopping) this.restart(error instanceof Error ? error.message : String(error));
      });
    }, delayMs);
  }
}
