import { migrate } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import { applyRoles, ensureLogins, loginNameOf, roleScript, type Login } from '@funnelwatch/roles';
import type { Command } from 'commander';
import { type Connection, databaseRejection } from './connection.js';
import { readLoginPasswords } from './login-passwords.js';
import { prepareEventTopic } from './prepare-event-topic.js';
import type { Texts } from './texts.js';

interface MigrateOptions {
  roles: boolean;
  withLogins?: string;
  printRoles?: boolean;
}

/** `migrate`: tables, roles, logins and the topic, each brought to this program's version. */
export function addMigrateCommand(
  program: Command,
  texts: Texts,
  surroundings: { environment: Record<string, string | undefined>; out: (text: string) => void },
  connection: () => Promise<Connection>,
  reply: (value: unknown, text: string) => void,
): void {
  const { help } = texts;
  program
    .command('migrate')
    .description(help.migrate)
    .option('--with-logins <folder>', help.withLogins)
    .option('--no-roles', help.noRoles)
    .option('--print-roles', help.printRoles)
    .action(async (options: MigrateOptions) => {
      if (options.printRoles) return surroundings.out(roleScript());
      const passwords = options.withLogins ? await readLoginPasswords(options.withLogins) : {};
      const { databaseUrl: url } = await connection();
      try {
        const { applied } = await migrate({ url, migrations: productMigrations, applicationName: 'funnelwatch-cli' });
        if (options.roles) await applyRoles({ url, applicationName: 'funnelwatch-cli' });
        await ensureLogins({ url, passwords });
        const topic = await prepareEventTopic(surroundings.environment);
        const logins = (Object.keys(passwords) as Login[]).map(loginNameOf);
        const lines = [
          texts.databaseReady(applied.length),
          ...(logins.length > 0 ? [texts.loginsReady(logins.join(', '))] : []),
          ...(topic ? [texts.topicReady(topic.topic, topic.isNew)] : []),
        ];
        reply({ applied, logins, topic }, lines.join('\n'));
      } catch (error) {
        throw databaseRejection(error) ?? error;
      }
    });
}
