import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Kills the broker that works on this folder, whoever started it, and waits until it is gone. */
export async function killBrokerOf(folder: string): Promise<void> {
  const settingsFile = join(folder, 'broker.properties');
  for (const { pid, command } of await processes()) {
    if (!command.endsWith(`kafka.Kafka ${settingsFile}`)) continue;
    try {
      process.kill(pid, 'SIGKILL');
      while (process.kill(pid, 0)) await sleep(20);
    } catch {
      // It is gone.
    }
  }
}

async function processes(): Promise<{ pid: number; command: string }[]> {
  if (process.platform === 'linux') {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    return Promise.all(
      pids.map(async (pid) => {
        const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
        return { pid: Number(pid), command: words.replace(/\0$/, '').replaceAll('\0', ' ') };
      }),
    );
  }
  const { stdout } = await run('ps', ['-axww', '-o', 'pid=,command='], { maxBuffer: 16 * 1024 * 1024 });
  return stdout.split('\n').map((line) => {
    const [, pid = '0', command = ''] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
    return { pid: Number(pid), command: command.trim() };
  });
}
