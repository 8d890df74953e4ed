import { Rejection } from '@funnelwatch/kernel';
import { rotateMasterKey } from '@funnelwatch/portals';
import type { Command } from 'commander';
import { type Connection, withPool } from './connection.js';
import type { Texts } from './texts.js';

interface KeySurroundings {
  connection: () => Promise<Connection>;
  now: () => Date;
  reply: (value: unknown, text: string) => void;
}

/** `key rotate`. */
export function addKeyCommand(program: Command, texts: Texts, { connection, now, reply }: KeySurroundings): void {
  const { help } = texts;
  program
    .command('key')
    .description(help.key)
    .command('rotate')
    .description(help.keyRotate)
    .action(async () => {
      const found = await connection();
      const { keyFile } = found;
      if (keyFile === null) {
        throw new Rejection(
          'KEY_ROTATION_NEEDS_FILE',
          'The new master key needs a file to be kept in. Put the present key into a file, run "funnelwatch --key-file FILE key rotate", and set FUNNELWATCH_KEY to what the file holds then.',
        );
      }
      // One connection: another one would be company.
      const report = await withPool(found, (pool) => rotateMasterKey({ pool, keyFile, now: now() }), 1);
      const lines = [
        texts.keyRotated(report),
        ...(report.notRewritten.length === 0 ? [] : [texts.oldKeysLeft(report.notRewritten.join(', '))]),
      ];
      reply(report, lines.join('\n'));
    });
}
