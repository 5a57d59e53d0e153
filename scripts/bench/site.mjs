import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { browserFlags, findBrowser, webgpuFlags } from '../setup/browser.mjs';
import { pageHeaders } from '../setup/headers.mjs';
import { Problem } from '../setup/problem.mjs';

/** Compiled shaders are kept nowhere: each fresh worker compiles its own, as on a first visit. */
const NO_SHADER_CACHE = ['--disable-gpu-shader-disk-cache', '--disable-gpu-program-cache'];

/**
 * Builds a page for measuring as the app is built, and serves it with the data set. Without the app's policy: tfjs starts
 * its WebAssembly threads from blobs.
 *
 * @param {string} root the project's folder
 * @param {string} folder where the page is
 * @returns {Promise<{ address: string, folder: string, close: () => Promise<void> }>} `folder`: where what was built is
 */
export async function servePage(root, folder) {
  mkdirSync(join(root, '.cache'), { recursive: true });
  // A folder of its own: another page that is built meanwhile would take this one's workers away.
  const outDir = mkdtempSync(join(root, '.cache/page-'));
  /** @type {import('vite').InlineConfig} */
  const config = {
    configFile: false,
    root: join(root, folder),
    publicDir: join(root, 'public'),
    logLevel: 'error',
    base: './',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 10_000 },
    preview: { port: 0, headers: pageHeaders({ policy: false }) },
  };
  await build(config);
  const server = await preview(config);
  const close = async () => {
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  };
  return { address: server.resolvedUrls?.local[0] ?? '', folder: outDir, close };
}

/**
 * @param {import('./options.mjs').Renderer} renderer
 * @param {import('./options.mjs').BenchBackend} [backend]
 * @returns {Promise<import('playwright').Browser>}
 * @throws {Problem} where there is no browser.
 */
export function openBrowser(renderer, backend = 'webgl') {
  const executablePath = findBrowser();
  if (!executablePath) throw new Problem('The bench needs Chrome, Chromium or Edge. Install one, or set CHROME_PATH.');
  return chromium.launch({
    executablePath,
    args: [...rendererFlags(renderer), ...(backend === 'webgpu' ? adapterFlags(renderer) : []), ...NO_SHADER_CACHE],
    env: {
      ...process.env,
      MESA_SHADER_CACHE_DISABLE: 'true',
      ...(renderer === 'llvmpipe' && { LIBGL_ALWAYS_SOFTWARE: '1' }),
    },
  });
}

/**
 * What brings WebGPU: the machine's GPU, or SwiftShader in its place. Mesa's llvmpipe is not offered to it.
 *
 * @param {import('./options.mjs').Renderer} renderer
 * @returns {string[]}
 */
function adapterFlags(renderer) {
  return renderer === 'gpu' ? ['--enable-unsafe-webgpu'] : webgpuFlags({ WEBGPU: '1' });
}

/**
 * @param {import('./options.mjs').Renderer} renderer
 * @param {NodeJS.Platform} [platform]
 * @returns {string[]}
 */
export function rendererFlags(renderer, platform = process.platform) {
  const usual = browserFlags(platform);
  if (renderer === 'llvmpipe' || platform !== 'linux') return usual;
  const angle =
    renderer === 'gpu'
      ? ['--use-angle=vulkan', '--enable-features=Vulkan', '--enable-gpu']
      : ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
  return [...usual.filter((flag) => !flag.startsWith('--use-angle')), ...angle];
}
