import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILES, writeFile } from './files.mjs';

/** Milliseconds that a file may take to be read, also on a busy machine. */
const PATIENCE = 300_000;

/**
 * How the page fares while a file is opened.
 * @typedef {object} Opening
 * @property {number} longest milliseconds that the page was busy at once
 * @property {number} seconds until it was said what is in the file, or why it cannot be opened
 * @property {string} said the beginning of that
 */

/**
 * Opens a file on a page that is ready, and goes on to a data set where that is possible.
 * @param {import('playwright').Page} page
 * @param {string} name of FILES
 * @returns {Promise<Opening>}
 */
export async function openFile(page, name) {
  const folder = mkdtempSync(join(tmpdir(), 'fitting-room-latency-'));
  try {
    const path = await writeFile(folder, name);
    await page.getByRole('button', { name: /^Data set: .*ready/ }).waitFor({ timeout: PATIENCE });
    await page.getByRole('button', { name: /^Data set: / }).click();
    const dialog = page.getByRole('dialog', { name: 'Data set' });
    const input = dialog.getByLabel('Open data files');
    await input.waitFor({ state: 'attached', timeout: PATIENCE });
    await page.evaluate(() => window.longTasks.start());
    const began = performance.now();
    await input.setInputFiles(path);
    const refused = dialog.getByRole('alert').first();
    const made = dialog.getByRole('button', { name: 'Open', exact: true });
    await refused.or(made).first().waitFor({ timeout: PATIENCE });
    let said = 'can be opened';
    if (FILES[name]?.isOnlySeen !== true && (await made.isVisible())) {
      await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'), null, { timeout: PATIENCE });
      await made.click({ timeout: PATIENCE });
      const open = dialog.getByText(/is open: /).first();
      await refused.or(open).first().waitFor({ timeout: PATIENCE });
      if (await open.isVisible()) said = (await open.textContent()) ?? said;
    }
    if (await refused.isVisible()) said = (await refused.textContent()) ?? said;
    const seconds = (performance.now() - began) / 1000;
    return { longest: await page.evaluate(() => window.longTasks.longest()), seconds, said: said.slice(0, 100) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Notes how long the page is busy at once. Runs in the browser by itself: what it uses must be inside it.
 */
export function installLongTasks() {
  /** @type {number[]} */
  const tasks = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  });
  observer.observe({ entryTypes: ['longtask'] });
  const longTasks = {
    start: () => void tasks.splice(0),
    longest: () => {
      for (const { duration } of observer.takeRecords()) tasks.push(duration);
      return Math.max(0, ...tasks);
    },
  };
  Object.assign(window, { longTasks });
}
