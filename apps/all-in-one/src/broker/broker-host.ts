import { type RunningBroker, startBroker } from '@funnelwatch/testing/broker';
import { killBrokerOf } from './leftover-broker.js';

/**
 * Owns the broker in a process group of its own: Ctrl-C reaches the applications first, and the broker stops when they
 * have finished, or when the parent is gone. A broker that dies ends its host, whose parent starts both again.
 */
interface HostOrder {
  folder: string;
  port: number;
}

/** The parent kills a host that takes longer than it likes, and nobody would stop the broker then. */
const STOP_MS = 3000;

async function host(order: HostOrder): Promise<void> {
  let broker: RunningBroker | null = null;
  let isLeaving = false;
  const leave = async (): Promise<void> => {
    isLeaving = true;
    if (broker) {
      const killer = setTimeout(() => void broker?.kill(), STOP_MS);
      await broker.stop();
      clearTimeout(killer);
    } else await killBrokerOf(order.folder);
    process.exit(0);
  };
  process.once('disconnect', () => void leave());
  try {
    await killBrokerOf(order.folder);
    broker = await startBroker(order);
    void broker.ended.then(() => {
      if (!isLeaving) process.exit(1);
    });
    process.send?.({ type: 'ready', brokers: broker.brokers });
  } catch (error) {
    if (isLeaving) return;
    process.send?.({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
    process.disconnect?.();
  }
}

process.once('message', (order: HostOrder) => void host(order));
