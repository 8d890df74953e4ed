import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Chromium from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

export interface RunningBrowser {
  browser: Browser;
  close(): Promise<void>;
}

/** Of the run: each browser moves the one of the process into a folder that goes with it. */
const temporaryFolder = tmpdir();

/** Headless Chromium from the npm package, unpacked into a folder of this run. */
export async function startBrowser(): Promise<RunningBrowser> {
  const folder = await mkdtemp(join(temporaryFolder, 'funnelwatch-browser-'));
  // The package unpacks its bundled libraries only where it believes to run on Lambda.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  process.env['TMPDIR'] = folder;
  const browser = await chromium.launch({
    executablePath: await Chromium.executablePath(),
    args: [...Chromium.args, '--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    headless: true,
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
