import { Rejection } from '@funnelwatch/kernel';

export interface ErrorFacts {
  error: string;
  code: string;
  constraint?: string;
  message?: string;
  at?: string;
}

/**
 * What may be logged of an error that captured data may have caused: its class, code, constraint and where it was
 * thrown. Its text only where it cannot quote the data: our own rejections, mistakes in a program or in SQL names.
 */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { error: typeof error, code: 'UNKNOWN' };
  const text = (name: string): string | undefined => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' ? value : undefined;
  };
  const at = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim())
    .join(' ');
  const constraint = text('constraint');
  const isQuotable =
    error instanceof Rejection ||
    error instanceof TypeError ||
    error instanceof ReferenceError ||
    text('code')?.startsWith('42') === true;
  return {
    error: error.name,
    code: text('code') ?? error.name,
    ...(constraint === undefined ? {} : { constraint }),
    ...(isQuotable ? { message: error.message } : {}),
    ...(at === undefined ? {} : { at }),
  };
}
