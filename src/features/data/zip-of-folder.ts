import { type Zippable, zipSync } from 'fflate';

/** A zip with one folder. What is in it is packed already. */
export function zipOfFolder(folder: string, files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Blob {
  const zippable: Zippable = {};
  for (const [name, bytes] of files) zippable[`${folder}/${name}`] = [bytes, { level: 0 }];
  return new Blob([Uint8Array.from(zipSync(zippable))], { type: 'application/zip' });
}
