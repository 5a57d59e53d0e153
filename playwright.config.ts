import { defineConfig } from '@playwright/test';
import { browserFlags, findBrowser } from './scripts/setup/browser.mjs';

const port = Number(process.env['E2E_PORT'] ?? 4319);
const browser = findBrowser();

/** Without a GPU OpenGL takes several times as long to paint a page. WebGL stays on it. */
const PAINTED_BY_PROCESSOR = ['--disable-gpu-rasterization', '--disable-gpu-compositing'];

export default defineConfig({
  projects: [
    { name: 'e2e', testDir: 'tests/e2e', outputDir: 'test-results/e2e' },
    // What goes wrong around the app is made to go wrong.
    { name: 'faults', testDir: 'tests/faults', outputDir: 'test-results/faults' },
  ],
  workers: 1,
  timeout: 120_000,
  // A machine that does other things as well is slow to open a page.
  expect: { timeout: 30_000 },
  forbidOnly: !!process.env['CI'],
  reporter: [['list'], ['json', { outputFile: `test-results/${process.env['SUITE'] ?? 'e2e'}.json` }]],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1366, height: 768 },
    // A trace of every test would take two fifths of the processor's time.
    trace: 'on-first-retry',
    // The requests of a service worker pass by the routes of a test. Tests that are about it allow it.
    serviceWorkers: 'block',
    launchOptions: { args: [...browserFlags(), ...PAINTED_BY_PROCESSOR], ...(browser && { executablePath: browser }) },
  },
  webServer: {
    // The build and the server of `npm start`, in a folder of its own.
    command: `node scripts/start.mjs --port ${port} --out-dir .cache/e2e-${port}`,
    port,
    timeout: 120_000,
  },
});
