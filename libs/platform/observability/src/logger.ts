import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

const SECRET_KEYS = [
  'password',
  'secret',
  'token',
  'credentials',
  'authorization',
  'cookie',
  'key',
  'webhook',
  'webhookUrl',
  'databaseUrl',
];

/** Removes webhook codes and passwords from a text, wherever they stand: `/rest/1/<code>/`, `postgres://user:…@`. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(/(\/rest\/\d+\/)[^\s/"'\\?#]+/g, '$1***')
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@"'\\]+:)[^\s@"'\\]+(?=@)/gi, '$1***');
}

/**
 * A logger that writes one JSON object a line to stdout. Well-known secret keys are redacted, and webhook codes and
 * passwords are removed from texts and stacks too.
 */
export function createLogger(options: { app: string; level?: string; destination?: DestinationStream }): Logger {
  const paths = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  return pino(
    {
      level: options.level ?? 'info',
      base: { app: options.app, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, censor: '***' },
      hooks: { streamWrite: withoutSecrets },
    },
    options.destination ?? pino.destination({ fd: 1, sync: true }),
  );
}
