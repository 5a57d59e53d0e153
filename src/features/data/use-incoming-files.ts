import { useEffect, useEffectEvent } from 'react';
import type { FoundFile } from '../../protocol/reading/reading.ts';

/** Files that were dropped or pasted somewhere on the page: they are found when the reading of folders has loaded. */
export type IncomingFiles = () => Promise<readonly FoundFile<File>[]>;

/**
 * Hears of files that are dropped or pasted anywhere on the page, unless something else on it takes them, a dialog is open or
 * they are pasted into a field.
 */
export function useIncomingFiles(onFiles: (incoming: IncomingFiles, files: readonly File[]) => void): void {
  const hear = useEffectEvent((data: DataTransfer | null, event: Event) => {
    if (data === null || data.files.length === 0) return;
    if (event.type === 'drop') event.preventDefault();
    // Both are empty once the event is over.
    const entries = Array.from(data.items, (item) => item.webkitGetAsEntry());
    const files = Array.from(data.files);
    if (event.type === 'drop' && document.querySelector('dialog[open]') !== null) return;
    // Whatever else takes a picture that is pasted has said so by then.
    const wasTaken = () => event.defaultPrevented && event.type === 'paste';
    setTimeout(() => {
      if (wasTaken() || (event.type === 'paste' && document.querySelector('dialog[open]') !== null)) return;
      onFiles(async () => {
        const { filesIn } = await import('./found-files.ts');
        return filesIn(event.type === 'drop' ? entries : [], files);
      }, files);
    });
  });
  useEffect(() => {
    const over = new AbortController();
    const listening = { signal: over.signal };
    // Without it browsers open what is dropped, and the page is gone.
    const allow = (event: DragEvent) => event.dataTransfer?.types.includes('Files') && event.preventDefault();
    addEventListener('dragover', allow, listening);
    addEventListener('drop', (event) => !event.defaultPrevented && hear(event.dataTransfer, event), listening);
    addEventListener(
      'paste',
      (event) => {
        const isField = event.target instanceof Element && event.target.closest('input, textarea') !== null;
        if (!isField) hear(event.clipboardData, event);
      },
      listening,
    );
    return () => over.abort();
  }, []);
}
