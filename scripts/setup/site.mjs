import { build, preview } from 'vite';

/**
 * Builds the app and serves the build on localhost, until the process ends or `close` is called.
 *
 * @param {{ root: string, port: number, outDir?: string }} options
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function serveSite({ root, port, outDir = 'dist' }) {
  await build({ root, logLevel: 'warn', build: { outDir } });
  const server = await preview({ root, logLevel: 'warn', build: { outDir }, preview: { port, strictPort: true } });
  return { address: server.resolvedUrls?.local[0] ?? `http://localhost:${port}/`, close: () => server.close() };
}
