import { rootCertificates, getCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { Pool } from 'undici';
import { type AddressRules, guardedConnector } from './address-guard.js';
import type { HttpAnswer } from './classify.js';

export interface Timeouts {
  connectMs: number;
  /** Until the headers of the answer: the cloud cuts a request after 60 seconds. */
  headersMs: number;
  /** Between two pieces of the body. */
  bodyMs: number;
  /** For one attempt as a whole. */
  totalMs: number;
}

const defaultTimeouts: Timeouts = { connectMs: 10_000, headersMs: 75_000, bodyMs: 30_000, totalMs: 120_000 };

export interface TransportOptions extends AddressRules {
  origin: string;
  userAgent: string;
  /** PEM texts of authorities trusted besides the usual ones, for portals with a private authority. */
  ca?: string | string[];
  timeouts?: Partial<Timeouts>;
  maxBodyBytes?: number;
  connections?: number;
}

const decompressGzip = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);
const decompressDeflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate);

/**
 * JSON over HTTP to one origin, which must be on the public internet or listed. Redirects are answers, not followed; the size
 * of an answer is bounded.
 */
export class Transport {
  private readonly pool: Pool;
  private readonly timeouts: Timeouts;
  private readonly maxBodyBytes: number;

  constructor(private readonly options: TransportOptions) {
    this.timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.maxBodyBytes = options.maxBodyBytes ?? 64 * 1024 * 1024;
    this.pool = new Pool(options.origin, {
      connections: options.connections ?? 16,
      pipelining: 1,
      headersTimeout: this.timeouts.headersMs,
      bodyTimeout: this.timeouts.bodyMs,
      maxResponseSize: this.maxBodyBytes,
      connect: guardedConnector(options.origin, options, {
        timeout: this.timeouts.connectMs,
        ...(options.ca === undefined ? {} : { ca: [...usualAuthorities(), ...[options.ca].flat()] }),
      }),
    });
  }

  /**
   * Posts parameters as JSON. Resolves with whatever was answered; throws undici's or Node's error when nothing was,
   * a `TimeoutError` after the total time, the signal's reason when cancelled.
   */
  async post(path: string, parameters: unknown, signal?: AbortSignal): Promise<HttpAnswer> {
    const deadline = withDeadline(this.timeouts.totalMs, signal);
    try {
      const response = await this.pool.request({
        method: 'POST',
        path,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          accept: 'application/json',
          'accept-encoding': 'gzip, deflate',
          'user-agent': this.options.userAgent,
        },
        body: JSON.stringify(parameters),
        signal: deadline.signal,
      });
      const raw = Buffer.from(await response.body.arrayBuffer());
      const location = response.headers.location;
      return {
        status: response.statusCode,
        location: typeof location === 'string' ? location : null,
        body: parseJson(await this.decompress(raw, response.headers['content-encoding'])),
      };
    } finally {
      deadline.clear();
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async decompress(raw: Buffer, encoding: string | string[] | undefined): Promise<Buffer> {
    const limit = { maxOutputLength: this.maxBodyBytes };
    try {
      if (encoding === 'gzip') return await decompressGzip(raw, limit);
      if (encoding === 'deflate') return await decompressDeflate(raw, limit);
      return raw;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return Buffer.alloc(0);
      throw Object.assign(new Error('The decompressed answer is too large.', { cause: error }), {
        code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE',
      });
    }
  }
}

/**
 * A signal that is aborted with the given one or after the time. Unlike `AbortSignal.any` it leaves nothing behind at a
 * signal that lives as long as the program.
 */
function withDeadline(totalMs: number, outer: AbortSignal | undefined): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort(outer?.reason);
  const timer = setTimeout(() => controller.abort(new DOMException('Time is up.', 'TimeoutError')), totalMs);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}

const NUL_ESCAPE = '\\u0000';

/** The body as JSON, undefined when it is none. NUL characters are taken out: PostgreSQL cannot hold them in a text. */
function parseJson(raw: Buffer): unknown {
  try {
    const text = raw.toString('utf8');
    if (!text.includes(NUL_ESCAPE)) return JSON.parse(text) as unknown;
    return JSON.parse(text, (_key, value: unknown) =>
      typeof value === 'string' ? value.replaceAll('\0', '') : value,
    ) as unknown;
  } catch {
    return undefined;
  }
}

/** What Node trusts by default, `NODE_EXTRA_CA_CERTS` included: a list of our own would replace it. */
function usualAuthorities(): readonly string[] {
  return typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates;
}
