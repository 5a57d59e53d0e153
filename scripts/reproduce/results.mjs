import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Result of one run
 * @property {string} backend
 * @property {string | null} device
 * @property {string} date as 2026-11-28
 * @property {string} commit of the app that trained it; with a + where files had been changed since
 * @property {number | null} load of the machine when it ended, in processor cores; null where nobody looked
 * @property {number} epochs
 * @property {number} trainingImages
 * @property {number} seconds of training, with the judging of each epoch
 * @property {number | null} trainAccuracy after the last epoch, on a sample of the training images, without dropout
 * @property {number | null} trainLoss
 * @property {number | null} validationAccuracy
 * @property {number} testAccuracy by the largest output
 * @property {number} testLoss
 * @property {{ precision: number, recall: number, f1: number } | null} thresholded by outputs above one half, as a micro average
 * @property {readonly number[] | null} recalls of each class
 */

/** @typedef {Record<string, Record<string, Result>>} Results by experiment and by seed */

/**
 * @param {string} file
 * @returns {Results}
 */
export function readResults(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/**
 * Adds the result of a run to the file, in which those of others may have been written meanwhile.
 *
 * @param {string} file
 * @param {string} id
 * @param {number} seed
 * @param {Result} result
 */
export function keepResult(file, id, seed, result) {
  const results = readResults(file);
  results[id] = { ...results[id], [seed]: result };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

/** Where a run that is not over yet can go on: a file for each, which is gone when it is. */
export class Unfinished {
  #folder;

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder;
  }

  /**
   * @param {string} key
   * @returns {import('./page.mjs').Progress | null}
   */
  read(key) {
    const file = this.#file(key);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  }

  /**
   * @param {string} key
   * @param {import('./page.mjs').Progress} progress
   */
  write(key, progress) {
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#file(key), JSON.stringify(progress));
  }

  /** @param {string} key */
  drop(key) {
    rmSync(this.#file(key), { force: true });
  }

  /** @param {string} key */
  #file(key) {
    return join(this.#folder, `${key}.json`);
  }
}
