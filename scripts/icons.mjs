// Draws the icons of the installed app from public/favicon.svg. `npm run icons` after it has changed.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { browserFlags } from './setup/browser.mjs';
import { ensureBrowser } from './setup/install-browser.mjs';
import { runCommand } from './setup/problem.mjs';

/**
 * @typedef {object} AppIcon
 * @property {string} name the file, without .png
 * @property {number} size in pixels
 * @property {boolean} full whether it fills the square, for systems that cut icons into a shape of their own: the drawing
 *   then lies within the circle of 80 % that every shape leaves
 */

/** @type {AppIcon[]} */
const ICONS = [
  { name: 'icon-192', size: 192, full: false },
  { name: 'icon-512', size: 512, full: false },
  { name: 'icon-maskable-512', size: 512, full: true },
  { name: 'apple-touch-icon', size: 180, full: true },
];

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'public/icons');

await runCommand(async () => {
  const svg = readFileSync(join(root, 'public/favicon.svg'), 'utf8');
  const browser = await chromium.launch({ executablePath: ensureBrowser(root), args: browserFlags() });
  mkdirSync(folder, { recursive: true });
  try {
    for (const { name, size, full } of ICONS) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      // The drawing reaches 15 units from the middle of 32; a circle of 80 % of 38 units holds it.
      const drawing = full ? svg.replace('viewBox="0 0 32 32"', 'viewBox="-3 -3 38 38"') : svg;
      await page.setContent(
        `<style>html, body { margin: 0; background: ${full ? '#f4f2ec' : 'transparent'} }</style>${drawing}`,
      );
      await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
      await page.close();
    }
  } finally {
    await browser.close();
  }
});
