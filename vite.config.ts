import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import packageJson from './package.json' with { type: 'json' };
import { browserFlags, findBrowser, webgpuFlags } from './scripts/setup/browser.mjs';
import { contentSecurityPolicy, pageHeaders } from './scripts/setup/headers.mjs';
import { iconsInPage } from './scripts/setup/icons-in-page.mjs';
import { serviceWorkerBuild } from './scripts/setup/service-worker-build.mjs';

const browser = findBrowser();
const { dependencies, devDependencies } = packageJson;
const TFJS = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => name.startsWith('@tensorflow/'));

/**
 * Tests of the engine that need a page of their own: they lose the GPU, change what the browser offers, or train for long. All
 * others share one, in which the packages are loaded once.
 */
const ALONE = [
  ...['coach', 'demos', 'fallback', 'gpu-lost', 'lessons', 'proof', 'race', 'shipped', 'sketches', 'training'],
  ...['transfer', 'waiting', 'webgpu', 'layers/presets', 'layers/properties', 'plan/trainer', 'wasm/dense'],
  ...['wasm/step-fallback', 'wasm/far-memory', 'wasm/winograd-curves'],
].map((name) => `tests/engine/${name}.test.ts`);

/** Tests of our WebGPU kernels, in a browser that has WebGPU without a GPU. Where it has not, they are skipped. */
const WEBGPU = ['tests/engine/webgpu/*.test.ts'];

export default defineConfig({
  // Relative addresses: the build works from any sub-path of any host.
  base: './',
  // One page: any other address that has no file is not found, rather than answered with the page.
  appType: 'mpa',
  plugins: [
    react(),
    policyInPage(),
    scriptAfterStyles(),
    iconsInPage({ folder: 'src/ui/base/icons' }),
    serviceWorkerBuild({ entry: 'src/service-worker/main.ts' }),
  ],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    manifest: true,
    // Every browser with WebGL2 and es2023 preloads modules by itself.
    modulePreload: {
      polyfill: false,
      // What is loaded later names its styles only: a list of all scripts that it imports would be in the first script.
      resolveDependencies: (_file, dependencies, { hostType }) =>
        hostType === 'html' ? dependencies : dependencies.filter((name) => name.endsWith('.css')),
    },
    sourcemap: true,
    rolldownOptions: {
      // How long each plugin took concerns nobody who only wants the app to start.
      checks: { pluginTimings: false },
      // What the page loads before it can paint comes in one file: it compresses better than in many, and is asked for once.
      output: { codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] } },
    },
  },
  server: { headers: pageHeaders({ policy: false }) },
  preview: { headers: pageHeaders({ policy: true }) },
  test: {
    projects: [
      {
        extends: true,
        // No test measures time: a machine with other work must not fail those that go through thousands of damaged files.
        test: { name: 'unit', environment: 'node', include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'ui',
          environment: 'happy-dom',
          include: ['tests/unit/**/*.test.tsx'],
          setupFiles: ['tests/unit/support/patience.ts'],
          testTimeout: 60_000,
        },
      },
      engineProject('engine', {
        include: ['tests/engine/**/*.test.ts'],
        exclude: [...ALONE, ...WEBGPU],
        isolate: false,
      }),
      engineProject('engine-alone', { include: ALONE, isolate: true }),
      engineProject('engine-webgpu', { include: WEBGPU, isolate: false, flags: webgpuFlags({ WEBGPU: '1' }) }),
    ],
  },
});

interface EngineProject {
  readonly include: string[];
  readonly exclude?: string[];
  /** Whether each file has a page of its own. */
  readonly isolate: boolean;
  /** Of the browser, beside those that all have. */
  readonly flags?: readonly string[];
}

/** Tests of the engine in a browser, one file after the other. */
function engineProject(
  name: string,
  { include, exclude = [], isolate, flags = webgpuFlags() }: EngineProject,
): TestProjectInlineConfiguration {
  return {
    extends: true,
    // Found before the first test: a package that turns up later reloads the page in the middle of one.
    optimizeDeps: { include: TFJS },
    test: {
      name,
      include,
      exclude,
      isolate,
      fileParallelism: false,
      testTimeout: 120_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            args: [...browserFlags(), ...flags],
            ...(browser && { executablePath: browser }),
          },
        }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}

/** The page can be painted with its styles alone: they come first where the network is slow. */
function scriptAfterStyles(): Plugin {
  return {
    name: 'script-after-styles',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replaceAll('<script type="module"', '<script type="module" fetchpriority="low"'),
    },
  };
}

/** Repeats the policy in the page itself, for hosts that send no headers. */
function policyInPage(): Plugin {
  const content = contentSecurityPolicy({ inPage: true });
  return {
    name: 'policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' },
    ],
  };
}
