import { join } from 'node:path';
import { runnerImport } from 'vite';

/**
 * A TypeScript file of the project.
 *
 * @template Module
 * @param {string} root the project's folder
 * @param {string} file its path there
 * @returns {Promise<Module>}
 */
export async function load(root, file) {
  const { module } = await runnerImport(join(root, file), { configFile: false, root });
  return module;
}
