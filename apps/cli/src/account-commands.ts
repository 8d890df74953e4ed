import { Accounts, type AccountWithRoles, Audit, Memberships, OneTimeLinks } from '@funnelwatch/identity';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type { Command } from 'commander';
import { type Connection, type Pool, withPool } from './connection.js';
import type { Texts } from './texts.js';

interface Surroundings {
  connection: () => Promise<Connection>;
  now: () => Date;
  reply: (value: unknown, text: string) => void;
}

/** `account list | first-link | reset-link | remove`: for whoever has the machine, when nobody can sign in. */
export function addAccountCommands(program: Command, texts: Texts, surroundings: Surroundings): void {
  const { connection, reply } = surroundings;
  const { help } = texts;
  const clock: Clock = { now: surroundings.now };
  const account = program.command('account').description(help.account);
  const linkOf = (found: Connection, token: string): string => {
    const path = `/link#${token}`;
    return found.address === null ? path : new URL(path, found.address).href;
  };

  account
    .command('list')
    .description(help.accountList)
    .action(async () => {
      const accounts = await withPool(await connection(), (pool) => new Accounts(pool).list());
      reply(accounts, accounts.length === 0 ? texts.noAccounts : accounts.map(describeAccount).join('\n'));
    });

  account
    .command('first-link')
    .description(help.accountFirstLink)
    .action(async () => {
      const found = await connection();
      const created = await withPool(found, async (pool) => {
        if (await new Memberships(pool, clock).hasIntegrator()) {
          throw new Rejection(
            'INTEGRATOR_EXISTS',
            'There is an integrator already. For a forgotten password: funnelwatch account reset-link <e-mail>.',
          );
        }
        const link = await new OneTimeLinks(pool, clock).create({ kind: 'first', role: 'integrator', createdBy: null });
        await record(pool, clock, 'invitation.create', null);
        return link;
      });
      const link = linkOf(found, created.token);
      reply({ link, expiresAt: created.expiresAt }, texts.linkCreated(link, created.expiresAt));
    });

  account
    .command('reset-link')
    .description(help.accountResetLink)
    .argument('<email>', help.email)
    .action(async (email: string) => {
      const found = await connection();
      const created = await withPool(found, async (pool) => {
        const { accountId } = await new Accounts(pool).byEmail(email);
        const link = await new OneTimeLinks(pool, clock).create({ kind: 'reset', accountId, createdBy: null });
        await record(pool, clock, 'password.resetLink', accountId);
        return link;
      });
      const link = linkOf(found, created.token);
      reply({ link, expiresAt: created.expiresAt }, texts.linkCreated(link, created.expiresAt));
    });

  account
    .command('remove')
    .description(help.accountRemove)
    .argument('<email>', help.email)
    .option('--yes', help.yes)
    .action(async (email: string, { yes }: { yes?: boolean }) => {
      if (!yes) throw new Rejection('REMOVAL_UNCONFIRMED', texts.confirmAccountRemoval(email));
      const removed = await withPool(await connection(), async (pool) => {
        const accounts = new Accounts(pool);
        const { accountId } = await accounts.byEmail(email);
        await accounts.remove(accountId);
        await record(pool, clock, 'account.remove', accountId);
        return accountId;
      });
      reply({ accountId: removed }, texts.accountRemoved(email));
    });
}

function describeAccount({ email, name, roles, isDemo }: AccountWithRoles): string {
  const held = roles.map(({ role, portalId }) => (portalId === null ? role : `${role} (${portalId})`));
  return `${email}  ${name}${isDemo ? '  demo' : ''}  ${held.join(', ')}`;
}

function record(pool: Pool, clock: Clock, action: string, object: string | null): Promise<void> {
  return new Audit(pool, clock).record({
    ...{ accountId: null, actor: 'command line', action, portalId: null, object, address: null, result: 'done' },
  });
}
