import { type Clock, systemClock } from '@funnelwatch/kernel';
import { type BatchOutcome, count, readBatchAnswer } from './batch-answer.js';
import { type CallContext, failureOfAnswer, failureOfTransport } from './classify.js';
import type { AddressRules } from './address-guard.js';
import { BitrixFailure, type BitrixFailureCode } from './failure.js';
import { Limiter, type Priority } from './limiter.js';
import { pause, reasonOf } from './pause.js';
import { encodePhpQuery, type Parameters } from './php-query.js';
import { isMap, type PortalTime, readPortalTime } from './portal-time.js';
import { Transport, type TransportOptions } from './transport.js';
import type { Webhook } from './webhook-url.js';

export interface CallOptions {
  signal?: AbortSignal;
  priority?: Priority;
  /** Whether the call may be repeated after an unclear end. Known for reads; say it for a write that is guarded. */
  idempotent?: boolean;
  /** Attempts at most, the first one included. */
  attempts?: number;
}

export interface WriteOptions {
  /** Cancels the wait for a place; a request that has been sent is waited for. */
  signal?: AbortSignal;
  /** `write-back` unless told. */
  priority?: Priority;
  /**
   * Called when the request may go and right before it does. What it throws is thrown by `write`, and nothing was sent:
   * here it is noted that something is about to be written, so that nobody has to guess after a crash.
   */
  beforeSend?: () => Promise<void>;
}

export interface Command {
  method: string;
  params?: Parameters;
  idempotent?: boolean;
}

export interface Answer {
  result: unknown;
  total: number | null;
  next: number | null;
  time: PortalTime | null;
}

export interface BatchAnswer<Key extends string = string> {
  outcomes: Record<Key, BatchOutcome>;
  time: PortalTime | null;
}

/** One attempt at a request, for logs and metrics. */
export interface Exchange {
  method: string;
  commands: number;
  attempt: number;
  durationMs: number;
  outcome: 'ok' | BitrixFailureCode;
}

export interface BitrixClientOptions extends AddressRules {
  webhook: Webhook;
  /** Shared by all clients of the portal in this process. */
  limiter?: Limiter;
  clock?: Clock;
  ca?: TransportOptions['ca'];
  timeouts?: TransportOptions['timeouts'];
  maxBodyBytes?: number;
  userAgent?: string;
  /** Numbers in [0, 1) that spread retries. */
  random?: () => number;
  /** First pause before a retry; doubles each time up to half a minute. */
  retryPauseMs?: number;
  onExchange?: (exchange: Exchange) => void;
}

interface AttemptOptions extends CallOptions {
  idempotent: boolean;
  beforeSend?: () => Promise<void>;
  /** Once sent, the request is not cancelled. */
  isFinished?: boolean;
}

export const MAX_BATCH_COMMANDS = 50;
const DEFAULT_ATTEMPTS = 4;
const LONGEST_RETRY_PAUSE_MS = 30_000;
const READ_METHOD =
  /(?:^|\.)(?:get|list|fields|types|time|scope|methods|profile|current|admin|info|findbycomm|events|search)$/i;

/** A Bitrix24 portal through an incoming webhook. Failures are `BitrixFailure`. */
export class BitrixClient {
  readonly host: string;
  /** The portal's user that the webhook acts for. */
  readonly userId: string;
  readonly limiter: Limiter;
  private readonly clock: Clock;
  private readonly random: () => number;
  private readonly transport: Transport;

  constructor(private readonly options: BitrixClientOptions) {
    this.host = options.webhook.host;
    this.userId = options.webhook.userId;
    this.clock = options.clock ?? systemClock;
    this.limiter = options.limiter ?? new Limiter(undefined, this.clock);
    this.random = options.random ?? Math.random;
    this.transport = new Transport({
      origin: options.webhook.origin,
      userAgent: options.userAgent ?? 'Funnelwatch/0.1',
      ca: options.ca,
      timeouts: options.timeouts,
      maxBodyBytes: options.maxBodyBytes,
      privateHosts: options.privateHosts,
      resolver: options.resolver,
    });
  }

  /** Calls one method. Waits for the limiter and repeats what may safely be repeated. */
  async call(method: string, params: Parameters = {}, options: CallOptions = {}): Promise<Answer> {
    const idempotent = options.idempotent ?? isReadMethod(method);
    const body = await this.request(method, params, [method], 1, { ...options, idempotent });
    return answerOf(body);
  }

  /**
   * Calls a method that changes the portal, once: whatever happens nothing is repeated. A failure with `retry`
   * `unknown-outcome` may have been applied, all others were not. Waits for the limiter like any call.
   */
  async write(method: string, params: Parameters, options: WriteOptions = {}): Promise<Answer> {
    const { signal, priority = 'write-back', beforeSend } = options;
    const outcome = await this.attempt(
      method,
      params,
      [method],
      { commands: 1, attempt: 1 },
      { signal, priority, idempotent: false, beforeSend, isFinished: true },
    );
    if (outcome instanceof BitrixFailure) throw outcome;
    return answerOf(outcome);
  }

  /**
   * Calls up to 50 methods in one request, in order; a later one may refer to an earlier one (`$result[key][…]`). Keys
   * begin with a letter. A command that fails is a failure of its own in `outcomes`; the others go on.
   */
  async batch<Key extends string>(
    commands: Record<Key, Command>,
    options: Omit<CallOptions, 'idempotent'> = {},
  ): Promise<BatchAnswer<Key>> {
    const list = Object.entries<Command>(commands).map(([key, command]) => ({
      key,
      method: command.method,
      idempotent: command.idempotent ?? isReadMethod(command.method),
      text: commandText(command),
    }));
    assertBatch(list.map(({ key }) => key));
    const params = { halt: 0, cmd: Object.fromEntries(list.map(({ key, text }) => [key, text])) };
    const methods = ['batch', ...new Set(list.map(({ method }) => method))];
    const idempotent = list.every((command) => command.idempotent);
    const body = await this.request('batch', params, methods, list.length, { ...options, idempotent });
    const outcomes = readBatchAnswer(body.result, list, this.host);
    for (const { key, method } of list) this.observeOutcome(method, outcomes.get(key));
    return { outcomes: Object.fromEntries(outcomes) as Record<Key, BatchOutcome>, time: readPortalTime(body.time) };
  }

  /**
   * Pause before the attempt after this one. Doubles with every attempt; between half and all of it, so that many
   * waiting portals do not march in step.
   */
  retryPauseMs(attempt: number): number {
    const longest = Math.min(LONGEST_RETRY_PAUSE_MS, (this.options.retryPauseMs ?? 1000) * 2 ** (attempt - 1));
    return longest * (0.5 + 0.5 * this.random());
  }

  /** Closes the connections; calls on the way fail. */
  close(): Promise<void> {
    return this.transport.close();
  }

  private async request(
    method: string,
    params: unknown,
    methods: string[],
    commands: number,
    options: CallOptions & { idempotent: boolean },
  ): Promise<Record<string, unknown>> {
    const attempts = options.attempts ?? DEFAULT_ATTEMPTS;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.attempt(method, params, methods, { commands, attempt }, options);
      if (!(outcome instanceof BitrixFailure)) return outcome;
      const mayRepeat = outcome.retry === 'now' || outcome.retry === 'later' || outcome.retry === 'when-reset';
      // Nobody waits ten minutes at a screen.
      const isTooLong = outcome.retry === 'when-reset' && options.priority === 'interactive';
      if (!mayRepeat || isTooLong || attempt >= attempts) throw outcome;
      // After `when-reset` the limiter holds the next attempt until the method may be called.
      if (outcome.retry === 'later') await pause(this.retryPauseMs(attempt), options.signal);
    }
  }

  private async attempt(
    method: string,
    params: unknown,
    methods: string[],
    exchange: { commands: number; attempt: number },
    options: AttemptOptions,
  ): Promise<Record<string, unknown> | BitrixFailure> {
    const { signal, priority = 'live', idempotent, beforeSend, isFinished } = options;
    const release = await this.limiter.acquire({ methods, priority, signal });
    let startedAtMs: number;
    let outcome: Record<string, unknown> | BitrixFailure;
    try {
      await beforeSend?.();
      startedAtMs = this.clock.now().getTime();
      const cancel = isFinished ? undefined : signal;
      outcome = await this.exchange(method, params, { host: this.host, method, idempotent }, cancel);
    } finally {
      release();
    }
    const durationMs = this.clock.now().getTime() - startedAtMs;
    const code = outcome instanceof BitrixFailure ? outcome.code : 'ok';
    this.options.onExchange?.({ method, ...exchange, durationMs, outcome: code });
    return outcome;
  }

  private async exchange(
    method: string,
    params: unknown,
    context: CallContext,
    signal: AbortSignal | undefined,
  ): Promise<Record<string, unknown> | BitrixFailure> {
    const { userId, code } = this.options.webhook;
    let answer;
    try {
      answer = await this.transport.post(`/rest/${userId}/${code}/${method}.json`, params, signal);
    } catch (error) {
      if (signal?.aborted) throw reasonOf(signal);
      return failureOfTransport(error, context);
    }
    const failure = failureOfAnswer(answer, context);
    if (failure?.code === 'RATE_LIMITED') this.limiter.observeRefusal();
    if (failure?.code === 'METHOD_TIME_LIMITED') this.limiter.observeTimeLimit(method);
    if (failure) return failure;
    const body = isMap(answer.body) ? answer.body : {};
    const time = readPortalTime(body.time);
    if (time) this.limiter.observe(method, time);
    return body;
  }

  private observeOutcome(method: string, outcome: BatchOutcome | undefined): void {
    if (!outcome) return;
    if (outcome.ok && outcome.time) this.limiter.observe(method, outcome.time);
    if (!outcome.ok && outcome.failure.code === 'METHOD_TIME_LIMITED') this.limiter.observeTimeLimit(method);
  }
}

const answerOf = (body: Record<string, unknown>): Answer => ({
  result: body.result,
  total: count(body.total),
  next: count(body.next),
  time: readPortalTime(body.time),
});

/** A command as it stands in a batch: the method and its parameters in PHP's query form. */
function commandText(command: Command): string {
  const query = encodePhpQuery(command.params ?? {});
  return query === '' ? command.method : `${command.method}?${query}`;
}

/** Whether a method only reads, judged by its name. */
export function isReadMethod(method: string): boolean {
  // Reading the offline queue empties it: a repeated call would lose what the first one took.
  return READ_METHOD.test(method) && !/^event\.offline\.get$/i.test(method);
}

function assertBatch(keys: string[]): void {
  if (keys.length === 0 || keys.length > MAX_BATCH_COMMANDS) {
    throw new RangeError(`A batch takes 1 to ${MAX_BATCH_COMMANDS} commands, not ${keys.length}.`);
  }
  const wrong = keys.find((key) => !/^[A-Za-z]\w*$/.test(key));
  // PHP turns numeric keys into a list, which moves results to other places.
  if (wrong !== undefined) throw new RangeError(`The key ${wrong} of a command does not begin with a letter.`);
}
