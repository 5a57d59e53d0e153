import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeServiceWorker } from '../../../scripts/setup/service-worker-build.mjs';

/** The build of the app that `npm start` serves to the tests. */
export const BUILD = `.cache/e2e-${process.env['E2E_PORT'] ?? 4319}`;

/**
 * Copies a build as another version of the app into a folder: it does the same, but all of its assets have other names.
 *
 * @param mark what the names begin with
 */
export async function buildOtherVersion(folder: string, mark: string): Promise<void> {
  cpSync(BUILD, folder, { recursive: true, filter: (path) => !/[/\\](data|\.vite)$|\.map$/.test(path) });
  const assets = join(folder, 'assets');
  const names = readdirSync(assets);
  const anyName = new RegExp(`(?<![\\w-])(${names.map((name) => name.replaceAll('.', '\\.')).join('|')})`, 'g');
  const texts = [join(folder, 'index.html'), ...names.map((name) => join(assets, name))];
  for (const path of texts.filter((each) => /\.(html|js|css)$/.test(each))) {
    writeFileSync(path, readFileSync(path, 'utf8').replace(anyName, `${mark}$1`));
  }
  for (const name of names) renameSync(join(assets, name), join(assets, `${mark}${name}`));
  await writeServiceWorker(folder, 'src/service-worker/main.ts');
}
