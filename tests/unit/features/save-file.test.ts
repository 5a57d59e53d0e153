import { afterEach, expect, test, vi } from 'vitest';
import { saveFile } from '../../../src/features/save-file.ts';

afterEach(() => vi.unstubAllGlobals());

const BLOB = new Blob(['lab']);

function pick(choose: () => Promise<unknown>) {
  const picker = vi.fn(choose);
  vi.stubGlobal('window', { showSaveFilePicker: picker });
  return picker;
}

test('where the browser has a dialog, the file goes where the student says, and the student is asked first', async () => {
  const steps: string[] = [];
  const file = {
    write: async (blob: Blob) => void steps.push(`write ${await blob.text()}`),
    close: async () => void steps.push('close'),
  };
  const picker = pick(async () => {
    steps.push('ask');
    return { createWritable: async () => file };
  });
  const make = async () => {
    steps.push('make');
    return BLOB;
  };
  expect(await saveFile('lab.fitting-room', make)).toBe(true);
  expect(steps).toEqual(['ask', 'make', 'write lab', 'close']);
  expect(picker).toHaveBeenCalledWith(expect.objectContaining({ suggestedName: 'lab.fitting-room' }));
});

test('nothing is made where the student changes their mind', async () => {
  pick(() => Promise.reject(new DOMException('', 'AbortError')));
  const make = vi.fn(async () => BLOB);
  expect(await saveFile('lab.fitting-room', make)).toBe(false);
  expect(make).not.toHaveBeenCalled();
});

test('a file that cannot be written is an error', async () => {
  pick(() => Promise.reject(new DOMException('No room.', 'QuotaExceededError')));
  await expect(saveFile('lab.fitting-room', async () => BLOB)).rejects.toThrow('No room.');
});
