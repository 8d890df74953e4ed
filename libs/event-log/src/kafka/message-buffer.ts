import type { KafkaMessage } from '@funnelwatch/kafka';

export interface BufferedMessage {
  position: number;
  message: KafkaMessage;
}

interface HandedOut {
  /** Last position of what was handed out at once. */
  position: number;
  /** Offset after it. */
  nextOffset: string;
}

/** More are under way only where nobody tells what was applied; then nothing is committed, which costs reading again. */
const MOST_HANDED_OUT = 64;

/**
 * Messages of one bucket that wait for the worker, by ascending position, each once, and the offsets of those that it
 * has taken but perhaps not applied yet.
 */
export class MessageBuffer {
  private waiting: BufferedMessage[] = [];
  private first = 0;
  private bytes = 0;
  private handedOut: HandedOut[] = [];
  private taken: HandedOut | null = null;
  private takenThrough = 0;
  /** Highest position ever taken in. */
  last = 0;
  /** Offset after the last message that was applied or is of no use: what may be committed. */
  committable: string | null = null;

  /** Returns whether it was news; a repeated position is not. */
  add(position: number, message: KafkaMessage): boolean {
    if (position <= this.last) {
      this.pass(message);
      return false;
    }
    this.waiting.push({ position, message });
    this.bytes += sizeOf(message);
    this.last = position;
    return true;
  }

  /** A message that the worker needs no more; it counts as taken in. */
  skip(position: number, message: KafkaMessage): void {
    this.last = Math.max(this.last, position);
    this.takenThrough = Math.max(this.takenThrough, position);
    this.pass(message);
  }

  /** A message of no use moves the offset only, unless one before it is still needed. */
  pass(message: KafkaMessage): void {
    if (this.size > 0) return;
    const before = this.handedOut.at(-1);
    if (before) before.nextOffset = offsetAfter(message);
    else this.committable = offsetAfter(message);
  }

  get size(): number {
    return this.waiting.length - this.first;
  }

  get sizeBytes(): number {
    return this.bytes;
  }

  /** The first one that waits. */
  peek(): BufferedMessage | undefined {
    return this.waiting[this.first];
  }

  /** Takes the first one out. */
  shift(): BufferedMessage | undefined {
    const buffered = this.waiting[this.first];
    if (!buffered) return undefined;
    this.first += 1;
    this.bytes -= sizeOf(buffered.message);
    this.takenThrough = buffered.position;
    this.taken = { position: buffered.position, nextOffset: offsetAfter(buffered.message) };
    if (this.first === this.waiting.length || this.first > 1_000) {
      this.waiting = this.waiting.slice(this.first);
      this.first = 0;
    }
    return buffered;
  }

  /** What was taken out since the last time went to the worker together. */
  handOut(): void {
    if (!this.taken) return;
    this.handedOut.push(this.taken);
    this.taken = null;
    if (this.handedOut.length > MOST_HANDED_OUT) this.handedOut.shift();
  }

  /** The read model is committed up to a position: what lies before it may be committed and is waited for no more. */
  reached(position: number): void {
    this.handOut();
    while (this.handedOut[0] && this.handedOut[0].position <= position) {
      this.committable = this.handedOut[0].nextOffset;
      this.handedOut.shift();
    }
    if (this.dropThrough(position) === 0 || !this.taken) return;
    this.committable = this.taken.nextOffset;
    this.taken = null;
  }

  /** Drops what lies at or before a position. Returns how many were dropped. */
  dropThrough(position: number): number {
    let dropped = 0;
    for (let next = this.peek(); next && next.position <= position; next = this.peek()) {
      this.shift();
      dropped += 1;
    }
    return dropped;
  }

  /** Drops what lies beyond a position, which cannot be, and takes positions up to there again. Returns how many. */
  dropBeyond(position: number): number {
    const kept = this.waiting.slice(this.first).filter((buffered) => buffered.position <= position);
    const dropped = this.size - kept.length;
    this.waiting = kept;
    this.first = 0;
    this.bytes = kept.reduce((sum, { message }) => sum + sizeOf(message), 0);
    this.last = kept.at(-1)?.position ?? this.takenThrough;
    return dropped;
  }
}

const sizeOf = ({ value }: KafkaMessage): number => (value?.length ?? 0) + 1_000;

const offsetAfter = ({ offset }: KafkaMessage): string => (BigInt(offset) + 1n).toString();
