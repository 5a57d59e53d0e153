import * as v from 'valibot';
import { type FoundOwnData, OWN_DATA_FOLDER, type OwnDataset } from '../../core/dataset/own-dataset.ts';
import { specSchema, whole } from '../spec-schema.ts';
import { filesOf, SET_VERSION, withOwnData } from './database.ts';

const setSchema = v.object({
  version: v.literal(SET_VERSION),
  spec: specSchema,
  bytes: whole(0, Number.MAX_SAFE_INTEGER),
  made: whole(0, Number.MAX_SAFE_INTEGER),
});

const newerSchema = v.object({ version: whole(SET_VERSION + 1, Number.MAX_SAFE_INTEGER) });

/** All data sets of the user's own. Rejects where the browser has no database. */
export function listOwnData(): Promise<FoundOwnData> {
  return withOwnData(async (database) => {
    const sets: OwnDataset[] = [];
    let [newer, unreadable] = [0, 0];
    for (const record of await database.getAll('set')) {
      const parsed = v.safeParse(setSchema, record);
      if (parsed.success) sets.push(ownDatasetOf(parsed.output));
      else if (v.is(newerSchema, record)) newer += 1;
      else unreadable += 1;
    }
    return { sets: sets.toSorted((a, b) => b.made - a.made), newer, unreadable };
  });
}

function ownDatasetOf({ spec, bytes, made }: v.InferOutput<typeof setSchema>): OwnDataset {
  return { spec, bytes, made };
}

/** Deletes a data set with all its files and the test set of the user's own for it; nothing where there is none. */
export function removeOwnData(id: string): Promise<void> {
  return withOwnData(async (database) => {
    const transaction = database.transaction(['set', 'file', 'test'], 'readwrite');
    await Promise.all([
      transaction.objectStore('set').delete(id),
      transaction.objectStore('file').delete(filesOf(id)),
      transaction.objectStore('test').delete(id),
    ]);
    await transaction.done;
  });
}

/** All files of a data set by name, as a data folder has them. */
export function ownDataFolder(id: string): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  return withOwnData(async (database) => {
    const [keys, files] = await Promise.all([
      database.getAllKeys('file', filesOf(id)),
      database.getAll('file', filesOf(id)),
    ]);
    return new Map(keys.map(([, name], place) => [name, files[place] ?? new Uint8Array()]));
  });
}

/** Whether an address is that of a data set of the user's own, or of a file of one. */
export function isOwnData(address: string): boolean {
  return placeOf(address) !== null;
}

/** Answers a request for a file of such an address as a server would: 404 where there is none. */
export const fetchOwnData: typeof fetch = async (input) => {
  const place = placeOf(String(input instanceof Request ? input.url : input));
  const bytes = place && (await withOwnData((database) => database.get('file', [place.id, place.file])));
  return bytes ? new Response(bytes) : new Response(null, { status: 404 });
};

function placeOf(address: string): { readonly id: string; readonly file: string } | null {
  const [, id, file] = new RegExp(`/${OWN_DATA_FOLDER}([a-z0-9-]+)/([\\w.-]*)$`).exec(address) ?? [];
  return id === undefined || file === undefined ? null : { id, file };
}
