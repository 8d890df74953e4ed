/** A life in the simulated company: acts, then yields the moment (milliseconds) at which it goes on. */
export type Process = Generator<number, void, void>;

interface Entry {
  at: number;
  sequence: number;
  process: Process;
}

/** What is due next: a binary heap by time, then by the order of scheduling. */
export class Agenda {
  private readonly heap: Entry[] = [];
  private sequence = 0;

  get nextAt(): number | null {
    return this.heap[0]?.at ?? null;
  }

  clear(): void {
    this.heap.length = 0;
  }

  schedule(at: number, process: Process): void {
    const entry = { at, sequence: (this.sequence += 1), process };
    const heap = this.heap;
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (!parent || isBefore(parent, entry)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = entry;
  }

  takeNext(): Process | null {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (!first || !last) return null;
    if (this.heap.length > 0) this.sink(last);
    return first.process;
  }

  private sink(entry: Entry): void {
    const heap = this.heap;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      let child = heap[below];
      if (!child) break;
      const right = heap[below + 1];
      if (right && isBefore(right, child)) {
        below += 1;
        child = right;
      }
      if (isBefore(entry, child)) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = entry;
  }
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.sequence < other.sequence);
}
