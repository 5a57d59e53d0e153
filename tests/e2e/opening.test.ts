import { expect, test } from './support/test.ts';

test('the page opens with its title, isolated and under its policy', async ({ page }) => {
  const response = await page.goto('./');
  await expect(page).toHaveTitle('Fitting Room');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).not.toContain('unsafe-inline');
  await expect(page.getByRole('region', { name: 'Training', exact: true })).toBeVisible();
});

test('the styles, with which the page can be painted, come before the scripts', async ({ page }) => {
  await page.goto('./');
  const scripts = page.locator('head script[type="module"]');
  expect(await scripts.count()).toBeGreaterThan(0);
  for (const script of await scripts.all()) await expect(script).toHaveAttribute('fetchpriority', 'low');
});

test.describe('before any script has run', () => {
  test.use({ javaScriptEnabled: false });

  test('the page already says what it is', async ({ page }) => {
    await page.goto('./');
    await expect(page.getByText('Assemble a neural network')).toBeVisible();
  });
});

test('an address without a file is not found, and is not answered with the page', async ({ request }) => {
  for (const path of ['./robots.txt', './no/such/page', './assets/gone.js']) {
    expect((await request.get(path)).status(), path).toBe(404);
  }
});

test('the build works from a folder of any depth', async ({ page }) => {
  await page.route('**/course/week-3/**', (route) =>
    route.continue({ url: route.request().url().replace('course/week-3/', '') }),
  );
  await page.route(/:\d+\/(?!course)/, (route) => route.fulfill({ status: 404 }));
  await page.goto('./course/week-3/');
  await expect(page.getByRole('region', { name: 'Training', exact: true })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`under a ${colorScheme} system`, () => {
    test.use({ colorScheme });

    test(`a first visit paints a ${colorScheme} page`, async ({ page }) => {
      await page.goto('./');
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    });
  });
}

test('the page never scrolls sideways, from a small phone to a wide screen', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await expect(page.getByRole('button', { name: /^WebAssembly/ })).toBeVisible();
  for (const [width, height] of [
    [320, 640],
    [844, 390],
    [800, 600],
    [1024, 768],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    // What follows the width of its box does so a frame later.
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});
