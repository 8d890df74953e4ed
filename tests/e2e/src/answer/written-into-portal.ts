import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A message as it stands in the simulated portal, in whichever way it was written. */
export interface Written {
  channel: 'task' | 'notification' | 'timeline-comment';
  text: string;
}

interface TaskList {
  result?: { tasks: { title: string; description: string }[] };
}

/** Everything that Funnelwatch wrote into the simulated portal of a data folder. */
export async function writtenIntoPortal(dataFolder: string): Promise<Written[]> {
  const read = async <Content>(file: string) =>
    JSON.parse(await readFile(join(dataFolder, 'simulator', file), 'utf8')) as Content;
  const { port } = await read<{ port: number }>('address.json');
  const { code } = await read<{ code: string }>('portal.json');
  const written = await fetch(`http://127.0.0.1:${port}/_sim/written`);
  const { comments, notifications } = (await written.json()) as {
    comments: { comment: string }[];
    notifications: { message: string }[];
  };
  return [
    ...(await newestTasks(`http://127.0.0.1:${port}/rest/1/${code}`)).map(({ title, description }) => ({
      channel: 'task' as const,
      text: `${title}\n${description}`,
    })),
    ...notifications.map(({ message }) => ({ channel: 'notification' as const, text: message })),
    ...comments.map(({ comment }) => ({ channel: 'timeline-comment' as const, text: comment })),
  ].filter(({ text }) => text.includes('/answer?fw='));
}

/** As the portal tells anybody; it tells nobody too often, and the product asks it meanwhile. */
async function newestTasks(webhook: string): Promise<{ title: string; description: string }[]> {
  let refusal: unknown = null;
  for (let tries = 0; tries < 30; tries += 1) {
    const list = await fetch(`${webhook}/tasks.task.list?select[]=TITLE&select[]=DESCRIPTION&order[ID]=desc`);
    const { result, ...other } = (await list.json()) as TaskList;
    if (result) return result.tasks;
    refusal = other;
    await sleep(2000);
  }
  throw new Error(`The portal did not tell its tasks within a minute: ${JSON.stringify(refusal)}`);
}

/** The address that an employee would open out of a message. */
export const linkIn = ({ text }: Written): string => /https?:\/\/\S+\/answer\?fw=\S+/.exec(text)?.[0] ?? '';
