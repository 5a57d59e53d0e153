import { ownDataPath } from '../core/dataset/own-dataset.ts';
import type { OwnData, Reading } from '../features/own-data.ts';

const stored = async () => (await import('./stored-own-data.ts')).STORED;

/** Data sets of the user's own in this browser. What reads the storage is loaded when it is needed. */
export const OWN_DATA: OwnData = {
  list: async () => (await stored()).list(),
  remove: async (id) => (await stored()).remove(id),
  read,
  folder: async (id) => (await stored()).folder(id),
  extend: async (extension, control) => (await import('./start-reading.ts')).extend(extension, control),
  readTest: async (spec) => (await stored()).readTest(spec),
  writeTest: async (spec, test) => (await stored()).writeTest(spec, test),
  testsBytes: async () => (await stored()).testsBytes(),
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
