import type { Logger } from './logger.js';

export type Closer = () => void | Promise<void>;

const SHUTDOWN_LIMIT_MS = 9_500;

const closers: Closer[] = [];
let isListening = false;
let isShuttingDown = false;

/**
 * Tells whoever started this program that it works: a message `{type: 'ready', …info}` to a parent with an IPC
 * channel, and one log line.
 */
export function reportReady(info: Record<string, unknown> = {}, logger?: Logger): void {
  process.send?.({ type: 'ready', ...info });
  if (logger) logger.info(info, 'ready');
  else if (!process.send) process.stdout.write(`${JSON.stringify({ type: 'ready', ...info })}\n`);
}

/**
 * Registers what to close when the program is asked to stop by SIGINT, SIGTERM or the end of its parent's IPC channel.
 * Closers run one by one, the last registered first; one that fails does not keep the others from running. The process
 * ends with code 0, or with 1 when a closer failed or ten seconds have passed. A second SIGINT ends it at once.
 */
export function onShutdown(close: Closer): void {
  closers.push(close);
  if (isListening) return;
  isListening = true;
  process.on('SIGINT', () => {
    if (isShuttingDown) process.exit(130);
    void shutDown();
  });
  process.on('SIGTERM', () => void shutDown());
  process.on('disconnect', () => void shutDown());
  // The parent may have died before this line: the event will not come again.
  if (process.send && !process.connected) void shutDown();
}

/** Runs the registered closers and ends the process, as a signal would. Later calls change nothing. */
export async function shutDown(exitCode = 0): Promise<void> {
  if (isShuttingDown) return;
  isShuttingDown = true;
  setTimeout(() => {
    process.stderr.write('Some parts did not stop within 10 seconds; the process ends without them.\n');
    process.exit(1);
  }, SHUTDOWN_LIMIT_MS).unref();
  let code = exitCode;
  for (const close of closers.reverse()) {
    try {
      await close();
    } catch (error) {
      code = 1;
      process.stderr.write(`Stopping failed: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  process.exit(code);
}
