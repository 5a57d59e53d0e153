import { download } from '../ui/base/download.ts';

declare global {
  interface Window {
    /** Not in every browser. */
    readonly showSaveFilePicker?: (options: {
      readonly suggestedName: string;
      readonly types: readonly {
        readonly description: string;
        readonly accept: Readonly<Record<string, readonly string[]>>;
      }[];
    }) => Promise<FileSystemFileHandle>;
  }
}

/**
 * Saves a file: where the student says, if the browser has a dialog for that, else among the downloads. False where the student
 * changed their mind. Rejects where the file cannot be made or written.
 */
export async function saveFile(name: string, make: () => Promise<Blob>): Promise<boolean> {
  if (window.showSaveFilePicker === undefined) {
    download(name, await make());
    return true;
  }
  try {
    // Before the file is made: the browser asks only right after a press.
    const handle = await window.showSaveFilePicker({
      suggestedName: name,
      types: [{ description: 'Fitting Room', accept: { 'application/x-fitting-room': ['.fitting-room'] } }],
    });
    const file = await handle.createWritable();
    await file.write(await make());
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return false;
    throw error;
  }
}
