import { beforeEach, describe, expect, test } from '@jest/globals';
import type { KafkaMessage } from '@funnelwatch/kafka';
import { MessageBuffer } from './message-buffer.js';

const message = (offset: number): KafkaMessage => ({
  ...{ key: null, value: Buffer.alloc(10), timestamp: '0', attributes: 0, headers: {} },
  offset: String(offset),
});

describe('messages that wait for the worker', () => {
  let buffer: MessageBuffer;
  beforeEach(() => {
    buffer = new MessageBuffer();
  });

  const take = (count: number): (number | undefined)[] => {
    const positions = Array.from({ length: count }, () => buffer.shift()?.position);
    buffer.handOut();
    return positions;
  };
  const fill = (last: number, first = 1) => {
    for (let position = first; position <= last; position += 1) buffer.add(position, message(position + 100));
  };

  test('are each there once, whatever is repeated', () => {
    fill(3);
    expect(buffer.add(2, message(104))).toBe(false);
    expect(buffer.add(4, message(105))).toBe(true);
    expect(take(5)).toEqual([1, 2, 3, 4, undefined]);
    expect(buffer.sizeBytes).toBe(0);
  });

  test('may be committed when they were applied, not when they were taken', () => {
    fill(6);
    take(2);
    take(2);
    expect(buffer.committable).toBeNull();
    buffer.reached(1);
    expect(buffer.committable).toBeNull();
    buffer.reached(2);
    expect(buffer.committable).toBe('103');
    buffer.reached(5);
    expect(buffer.committable).toBe('106');
    expect(buffer.peek()?.position).toBe(6);
  });

  test('of no use move the offset when nothing before them is needed', () => {
    buffer.pass(message(7));
    expect(buffer.committable).toBe('8');
    fill(2);
    buffer.pass(message(110));
    expect(buffer.committable).toBe('8');
    take(2);
    buffer.pass(message(111));
    expect(buffer.committable).toBe('8');
    buffer.reached(2);
    expect(buffer.committable).toBe('112');
  });

  test('that the worker has already are dropped and make room', () => {
    fill(5);
    buffer.reached(4);
    expect(buffer.size).toBe(1);
    expect(buffer.sizeBytes).toBe(1_010);
    expect(buffer.committable).toBe('105');
  });

  test('beyond the end of the log are dropped, and what comes there later is taken', () => {
    fill(3);
    take(2);
    buffer.add(1_000_000, message(104));
    expect(buffer.add(4, message(105))).toBe(false);
    expect(buffer.dropBeyond(4)).toBe(1);
    expect(buffer.add(4, message(106))).toBe(true);
    expect(take(2)).toEqual([3, 4]);
    buffer.add(1_000_000, message(107));
    expect(buffer.dropBeyond(4)).toBe(1);
    expect(buffer.add(5, message(108))).toBe(true);
  });

  test('taken by a worker whose progress nobody tells are forgotten, a few apart', () => {
    fill(500);
    for (let run = 0; run < 500; run += 1) take(1);
    buffer.reached(400);
    expect(buffer.committable).toBeNull();
    buffer.reached(500);
    expect(buffer.committable).toBe('601');
  });
});
