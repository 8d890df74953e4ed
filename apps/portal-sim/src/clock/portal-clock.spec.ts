import { describe, expect, it } from '@jest/globals';
import { PortalClock } from './portal-clock.js';

describe('the clock of a portal', () => {
  it('runs fast up to its stop and never back', () => {
    let wallMs = 1000;
    const clock = new PortalClock({ portalMs: 0, wallMs: 1000, speed: 100, stopAtMs: 5000 }, () => wallMs);
    wallMs = 1020;
    expect(clock.nowMs()).toBe(2000);
    wallMs = 1010;
    expect(clock.nowMs()).toBe(2000);
    wallMs = 2000;
    expect(clock.nowMs()).toBe(5000);
  });

  it('jumps forward, pauses and goes on from there', () => {
    let wallMs = 0;
    const clock = new PortalClock({ portalMs: 0, wallMs: 0, speed: 1, stopAtMs: null }, () => wallMs);
    clock.jumpTo(10_000);
    clock.run(10, 10_500);
    wallMs = 1000;
    expect(clock.nowMs()).toBe(10_500);
    clock.run(1, null);
    wallMs = 2000;
    expect(clock.nowMs()).toBe(11_500);
    clock.jumpTo(0);
    expect(clock.nowMs()).toBe(11_500);
  });
});
