import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, reasonOf } from './refusal.mjs';

/**
 * Writes files into a folder, all or none: first beside each other under a temporary name, then each moved into place,
 * in the order given. What else the folder holds stays.
 * @param {string} folder
 * @param {readonly { file: string, bytes: string | Uint8Array }[]} files
 * @throws {Refusal} when the folder cannot be written to.
 */
export function writeAll(folder, files) {
  const partial = makePartial(folder);
  try {
    for (const { file, bytes } of files) writeFileSync(join(partial, file), bytes);
    for (const { file } of files) renameSync(join(partial, file), join(folder, file));
  } catch (error) {
    throw cannotWrite(folder, error);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function makePartial(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    return mkdtempSync(join(folder, '.partial-'));
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/**
 * @param {string} folder
 * @param {unknown} error
 */
function cannotWrite(folder, error) {
  return new Refusal(
    `The shards cannot be written to ${folder} (${reasonOf(error)}): free 32 MB there, or change --to.`,
  );
}
