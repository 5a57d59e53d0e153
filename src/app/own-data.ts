import { ownDataPath } from '../core/dataset/own-dataset.ts';
import { classCountOf, sampleBytesOf } from '../core/dataset/spec.ts';
import type { OwnData, Reading } from '../features/own-data.ts';

/** Data sets of the user's own in this browser. What reads the storage is loaded when it is needed. */
export const OWN_DATA: OwnData = {
  list: async () => (await import('../dataset/own/own-data.ts')).listOwnData(),
  remove: async (id) => (await import('../dataset/own/own-data.ts')).removeOwnData(id),
  read,
  folder: async (id) => (await import('../dataset/own/own-data.ts')).ownDataFolder(id),
  extend: async (extension, control) => (await import('./start-reading.ts')).extend(extension, control),
  readTest: async (spec) =>
    (await import('../dataset/own/own-test.ts')).readOwnTest(spec.id, sampleBytesOf(spec), classCountOf(spec)),
  writeTest: async ({ id }, test) => (await import('../dataset/own/own-test.ts')).writeOwnTest(id, test),
  testsBytes: async () => (await import('../dataset/own/own-test.ts')).ownTestsBytes(),
  addressOf: (id) => new URL(ownDataPath(id), document.baseURI).href,
};

/** What starts a worker is loaded with the first reading. */
function read(): Reading {
  const started = import('./start-reading.ts').then(({ startReading }) => startReading());
  return {
    survey: async (files, control) => (await started).survey(files, control),
    preview: async (choices, control) => (await started).preview(choices, control),
    make: async (choices, control) => (await started).make(choices, control),
    end: () => void started.then((reading) => reading.end()),
  };
}
