import type { KafkaMessage } from '@funnelwatch/kafka';

export interface BufferedMessage {
  position: number;
  message: KafkaMessage;
}

/** Messages of one bucket that wait for the worker, by ascending position, each once. */
export class MessageBuffer {
  private waiting: BufferedMessage[] = [];
  private first = 0;
  private bytes = 0;
  /** Highest position ever taken in. */
  last = 0;
  /** Offset after the last message handed out or passed over: what may be committed. */
  nextOffset: string | null = null;

  /** Returns whether it was news; a repeated position is not. */
  add(position: number, message: KafkaMessage): boolean {
    if (position <= this.last) {
      if (this.size === 0) this.pass(message);
      return false;
    }
    this.waiting.push({ position, message });
    this.bytes += sizeOf(message);
    this.last = position;
    return true;
  }

  /** A message that is none of ours moves the offset only. */
  pass(message: KafkaMessage): void {
    if (this.size === 0) this.nextOffset = (BigInt(message.offset) + 1n).toString();
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
    this.nextOffset = (BigInt(buffered.message.offset) + 1n).toString();
    if (this.first === this.waiting.length || this.first > 1_000) {
      this.waiting = this.waiting.slice(this.first);
      this.first = 0;
    }
    return buffered;
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
}

const sizeOf = ({ value }: KafkaMessage): number => (value?.length ?? 0) + 1_000;
