import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DefinedDashboard } from '@funnelwatch/dashboards';
import { Rejection } from '@funnelwatch/kernel';

const WIDTHS = [1280, 390] as const;
const THEMES = ['light', 'dark'] as const;

/** Comes with the packages for development alone. */
async function startBrowser() {
  try {
    const { startBrowser: start } = await import('@funnelwatch/testing/browser');
    return await start();
  } catch (error) {
    throw new Rejection(
      'BROWSER_MISSING',
      'Pictures need the headless browser of the packages for development, which could not be started here. Install them (npm install), or open the pages in a browser of your own.',
      { cause: error },
    );
  }
}

/**
 * Takes pictures of whole pages, `<uid>-<width>-<theme>.png`, and returns their paths.
 *
 * @throws Rejection BROWSER_MISSING
 */
export async function takePictures(
  address: string,
  dashboards: readonly DefinedDashboard[],
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const { browser, close } = await startBrowser();
  const taken: string[] = [];
  try {
    // One page for all: this browser is one process, and ends with its page.
    const page = await browser.newPage();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        for (const { uid } of dashboards) {
          await page.goto(`${address}/d/${uid}`);
          const path = join(folder, `${uid}-${width}-${colorScheme}.png`);
          await page.screenshot({ path, fullPage: true });
          taken.push(path);
        }
      }
    }
  } finally {
    await close();
  }
  return taken;
}
