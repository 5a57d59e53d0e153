// Takes the pictures of the documentation from the real app. `npm run screenshot -- screenshot-dark` takes one of them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { browserFlags } from './setup/browser.mjs';
import { ensureBrowser } from './setup/install-browser.mjs';
import { freePort } from './setup/port.mjs';
import { Problem, runCommand } from './setup/problem.mjs';
import { serveSite } from './setup/site.mjs';

/**
 * @typedef {object} Shot
 * @property {string} name the file, without .png
 * @property {{ width: number, height: number }} viewport in CSS pixels
 * @property {'light' | 'dark'} theme
 * @property {(page: import('playwright').Page) => Promise<void>} [actions] what is done before the picture is taken
 */

/** @type {Shot[]} */
const SHOTS = [
  { name: 'screenshot', viewport: { width: 1366, height: 768 }, theme: 'light', actions: trainAndJudge },
  { name: 'screenshot-dark', viewport: { width: 1366, height: 768 }, theme: 'dark', actions: trainAndJudge },
  { name: 'screenshot-wide', viewport: { width: 1920, height: 1080 }, theme: 'light', actions: trainAndJudge },
  { name: 'screenshot-phone', viewport: { width: 390, height: 844 }, theme: 'light' },
];

/** Milliseconds for a short training, also on a machine without a GPU. */
const TRAINING_TIMEOUT = 600_000;

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs');

await runCommand(async () => {
  const shots = chosenShots(process.argv.slice(2));
  const site = await serveSite({ root, port: await freePort(), outDir: '.cache/screenshots' });
  const browser = await chromium.launch({ executablePath: ensureBrowser(root), args: browserFlags() });
  mkdirSync(folder, { recursive: true });
  try {
    for (const shot of shots) await take(browser, site.address, shot);
  } finally {
    await browser.close();
    await site.close();
  }
});

/**
 * @param {string[]} names
 * @returns {Shot[]}
 */
function chosenShots(names) {
  const unknown = names.find((name) => !SHOTS.some((shot) => shot.name === name));
  if (unknown)
    throw new Problem(`There is no picture ${unknown}. Choose from ${SHOTS.map(({ name }) => name).join(', ')}.`);
  return names.length === 0 ? SHOTS : SHOTS.filter(({ name }) => names.includes(name));
}

/**
 * A finished run of the dense network on 5,000 images, and its confusion matrix.
 *
 * @param {import('playwright').Page} page
 * @returns {Promise<void>}
 */
async function trainAndJudge(page) {
  const picker = page.getByLabel('Preset', { exact: true });
  await picker.selectOption({
    label: (await picker.locator('option', { hasText: '512' }).first().textContent()) ?? '',
  });
  for (const [label, value] of Object.entries({ 'Training images': '5000', Epochs: '6', 'Batch size': '100' })) {
    await page.getByLabel(label, { exact: true }).fill(value);
    await page.keyboard.press('Enter');
  }
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.locator('[role=status][data-state=finished]').waitFor({ state: 'attached', timeout: TRAINING_TIMEOUT });
  await page.getByRole('tab', { name: 'Confusion', exact: true }).click();
  await page.getByText('10,000 test images').waitFor({ timeout: TRAINING_TIMEOUT });
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {Shot} shot
 * @returns {Promise<void>}
 */
async function take(browser, address, { name, viewport, theme, actions }) {
  const page = await browser.newPage({
    serviceWorkers: 'block',
    viewport,
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  await page.goto(address);
  await page.locator('#root > *').first().waitFor();
  await page.locator('[role=status][data-state=ready]').waitFor({ state: 'attached', timeout: TRAINING_TIMEOUT });
  await actions?.(page);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
  console.log(`docs/${name}.png`);
}
