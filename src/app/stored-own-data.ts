import { classCountOf, sampleBytesOf } from '../core/dataset/spec.ts';
import { listOwnData, ownDataFolder, removeOwnData } from '../dataset/own/own-data.ts';
import { ownTestsBytes, readOwnTest, writeOwnTest } from '../dataset/own/own-test.ts';
import type { OwnData } from '../features/own-data.ts';

/** What is stored of the user's own in this browser. */
export const STORED: Pick<OwnData, 'list' | 'remove' | 'folder' | 'readTest' | 'writeTest' | 'testsBytes'> = {
  list: listOwnData,
  remove: removeOwnData,
  folder: ownDataFolder,
  readTest: (spec) => readOwnTest(spec.id, sampleBytesOf(spec), classCountOf(spec)),
  writeTest: ({ id }, test) => writeOwnTest(id, test),
  testsBytes: ownTestsBytes,
};
