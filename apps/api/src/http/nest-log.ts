import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@funnelwatch/observability';

/** What Nest has to say, in the log of the application; its start-up chatter only at debug level. */
export function nestLog(logger: Logger): LoggerService {
  const text = (message: unknown) => (message instanceof Error ? (message.stack ?? message.message) : String(message));
  return {
    log: (message) => logger.debug(text(message)),
    error: (message) => logger.error(text(message)),
    warn: (message) => logger.warn(text(message)),
    debug: (message) => logger.debug(text(message)),
    verbose: (message) => logger.trace(text(message)),
    fatal: (message) => logger.fatal(text(message)),
  };
}
