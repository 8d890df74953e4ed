import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { type RunningBrowser, startBrowser } from '@funnelwatch/testing/browser';
import type { Page } from 'playwright-core';
import { SimulatorControl } from '../truth/simulator-control.js';
import { waitUntilLive } from './running-product.js';
import { StartCommand } from './start-command.js';
import { createTestFolder } from './test-folder.js';

/** Ids of deals from here on are the test's own. */
export const FIRST_DEAL = 800_000;

/** A started product whose history is read, with ready accounts that visit it by browsers of their own. */
export class VisitedProduct {
  private readonly running: RunningBrowser[] = [];
  /** Errors that pages did not catch. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly run: StartCommand,
  ) {}

  static async start(name: string): Promise<VisitedProduct> {
    const folder = await createTestFolder(name);
    const run = await StartCommand.run(['--data', join(folder, 'data'), '--port', '0']);
    await waitUntilLive(run);
    return new VisitedProduct(folder, run);
  }

  get portalId(): string {
    return this.run.report.portalId;
  }

  get dataFolder(): string {
    return join(this.folder, 'data');
  }

  /** Address of a route of the API. */
  address(path: string): string {
    return `${this.run.report.address}api/v1/${path}`;
  }

  /** Address of a route of the portal's API. */
  routeOf(path: string): string {
    return this.address(`portals/${this.portalId}/${path}`);
  }

  /** A page of a ready account, or of nobody, in a browser of its own: the package bears only one visitor each. */
  async visitor(
    role: 'curator' | 'integrator' | 'head' | 'seller' | null,
    { width = 1280, height = 800 } = {},
  ): Promise<Page> {
    const started = await startBrowser();
    this.running.push(started);
    const context = await started.browser.newContext({ locale: 'ru-RU', viewport: { width, height } });
    if (role !== null) {
      const path = `${this.run.report.address}api/v1/session/demo`;
      expect((await context.request.post(path, { data: { role } })).status()).toBe(201);
    }
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    return page;
  }

  /** Opens a page of the portal. */
  open(page: Page, path: string) {
    return page.goto(`${this.run.report.address}portals/${this.portalId}/${path}`);
  }

  /** What the API answers to whoever visits by a page. */
  async read<Answer>(page: Page, path: string): Promise<Answer> {
    const answer = await page.request.get(this.routeOf(path));
    expect([path, answer.status()]).toEqual([path, 200]);
    return (await answer.json()) as Answer;
  }

  /** The simulated portal as seen from behind. */
  get simulator(): SimulatorControl {
    return new SimulatorControl(this.run.report.simulatorControlUrl ?? '');
  }

  /** What the API answers to what somebody who visits by a page wants done. */
  async ask<Answer>(page: Page, method: 'POST' | 'PUT', path: string, data: object): Promise<Answer> {
    const answer = await page.request.fetch(this.routeOf(path), { method, data });
    expect([path, answer.status()]).toEqual([path, 200]);
    return (await answer.json()) as Answer;
  }

  /** Deals that are lost without anybody having tried: each is a case of D08 at once. */
  async loseDeals(count: number): Promise<void> {
    const control = this.simulator;
    for (let index = 0; index < count; index += 1) {
      const deal = { entity: 'deal', id: String(FIRST_DEAL + index) };
      const fields = { CATEGORY_ID: '0', STAGE_ID: 'NEW', ASSIGNED_BY_ID: '3', TITLE: `Lost ${index}` };
      await control.apply({ op: 'add', ...deal, fields });
      await control.apply({ op: 'update', ...deal, way: 'classic', fields: { STAGE_ID: 'LOSE' } });
    }
  }

  async end(): Promise<void> {
    for (const browser of this.running) await browser.close();
    await this.run.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Asks again and again, for three minutes, until it is true. */
export async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 900; attempt += 1) {
    if (await isTrue()) return;
    await sleep(200);
  }
  throw new Error(`Within three minutes it did not come true that ${what}`);
}
