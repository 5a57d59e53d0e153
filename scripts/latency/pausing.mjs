/** Milliseconds for the data to arrive and for a heavy network's first step, also on a machine without a GPU. */
const PATIENCE = 600_000;
/** Pauses come so many milliseconds after training went on: some within every part of a step of seconds. */
const SPREAD = 4000;

/**
 * Trains a preset, and times pauses at different moments: milliseconds from the press until the run is said to stand still.
 *
 * @param {import('playwright').Page} page
 * @param {RegExp} preset a part of its title
 * @param {{ pauses: number, batch: number | null }} options how many pauses, and images in a batch, as the preset has it where null
 * @returns {Promise<number[]>}
 */
export async function timePauses(page, preset, { pauses, batch }) {
  await page.getByRole('button', { name: /Fashion-MNIST.*ready/ }).waitFor({ timeout: PATIENCE });
  const picker = page.getByLabel('Preset', { exact: true });
  const label = await picker.locator('option', { hasText: preset }).first().textContent();
  await picker.selectOption({ label: label ?? '' });
  if (batch !== null) {
    await page.getByLabel('Batch size', { exact: true }).fill(String(batch));
    await page.keyboard.press('Enter');
  }
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const status = page.getByRole('status').and(page.locator('[data-state]'));
  await status.and(page.locator('[data-state=training]')).waitFor({ state: 'attached', timeout: PATIENCE });
  const times = [];
  for (let i = 0; i < pauses; i++) {
    await page.waitForTimeout(SPREAD * ((i * 0.618) % 1));
    times.push(await page.evaluate(pressPause));
    await page.getByRole('button', { name: /^Resume/ }).click();
    await status.and(page.locator('[data-state=training]')).waitFor({ state: 'attached', timeout: PATIENCE });
  }
  return times;
}

/** Presses Pause, and waits until the run is paused. Runs in the browser by itself. */
async function pressPause() {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent.startsWith('Pause'));
  if (button === undefined) throw new Error('There is nothing to pause.');
  const began = performance.now();
  button.click();
  while (document.querySelector('[role=status][data-state=paused]') === null) await new Promise(requestAnimationFrame);
  return performance.now() - began;
}
