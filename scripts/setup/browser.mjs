import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Chrome, Chromium and Edge are usually installed, best first. */
const USUAL_PLACES = {
  linux: [
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge',
    '/opt/microsoft/msedge/msedge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'],
};

const INSIDE_PLAYWRIGHT_BROWSER = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
];

const EGL_LIBRARIES = [
  '/usr/lib/x86_64-linux-gnu/libEGL.so.1',
  '/usr/lib/aarch64-linux-gnu/libEGL.so.1',
  '/usr/lib64/libEGL.so.1',
  '/usr/lib/libEGL.so.1',
];

/**
 * The flags that make WebGL work in a headless browser, also on a machine without a GPU, and keep the browser from
 * calling home. On Linux that is the system's OpenGL (without a GPU Mesa's llvmpipe), or else the browser's own
 * SwiftShader, which is slower. Root on Linux has no sandbox to offer.
 *
 * @param {NodeJS.Platform} [platform]
 * @param {(path: string) => boolean} [exists]
 * @returns {string[]}
 */
export function browserFlags(platform = process.platform, exists = existsSync) {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--ignore-gpu-blocklist'];
  if (platform !== 'linux') return quiet;
  const opengl = EGL_LIBRARIES.some((path) => exists(path))
    ? ['--use-gl=angle', '--use-angle=gl-egl']
    : ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
  return ['--no-sandbox', ...opengl, ...quiet];
}

/**
 * Flags that bring WebGPU without a GPU, by SwiftShader, for trying the engine on it: `WEBGPU=1 npm test -- engine`.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string[]}
 */
export function webgpuFlags(env = process.env) {
  if (!env['WEBGPU']) return [];
  return ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];
}

/**
 * The path of an installed Chrome, Chromium or Edge, or undefined. CHROME_PATH goes first, then the usual places, then
 * Playwright's cache.
 *
 * @param {{ env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform, exists?: (path: string) => boolean }} [machine]
 * @returns {string | undefined}
 */
export function findBrowser({ env = process.env, platform = process.platform, exists = existsSync } = {}) {
  const named = env['CHROME_PATH'];
  if (named) return exists(named) ? named : undefined;
  return [...usualPlaces(env, platform), ...playwrightBrowsers(env, platform)].find((path) => exists(path));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
function usualPlaces(env, platform) {
  if (platform !== 'win32') return platform === 'darwin' ? USUAL_PLACES.darwin : USUAL_PLACES.linux;
  const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter((f) => f !== undefined);
  return USUAL_PLACES.win32.flatMap((place) => folders.map((folder) => `${folder}\\${place}`));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
function playwrightBrowsers(env, platform) {
  const cache = env['PLAYWRIGHT_BROWSERS_PATH'] || playwrightCache(env, platform);
  if (!existsSync(cache)) return [];
  const versions = readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name));
  return versions.flatMap((version) => INSIDE_PLAYWRIGHT_BROWSER.map((path) => join(cache, version, path)));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string}
 */
function playwrightCache(env, platform) {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'ms-playwright');
  if (platform === 'darwin') return join(homedir(), 'Library/Caches/ms-playwright');
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ms-playwright');
}
