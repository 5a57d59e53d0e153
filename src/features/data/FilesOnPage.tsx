import { useTab } from '../lab.tsx';
import { type IncomingFiles, useIncomingFiles } from './use-incoming-files.ts';

/** Props of {@link FilesOnPage}. */
export interface FilesOnPageProps {
  readonly onFiles: (files: IncomingFiles) => void;
  readonly onLabFile: (file: File) => void;
}

/** Takes files that are dropped or pasted on the page, in the tab that works. Shows nothing. */
export function FilesOnPage({ onFiles, onLabFile }: FilesOnPageProps) {
  const isReading = useTab(({ role }) => role !== 'works');
  useIncomingFiles((incoming, [file]) => {
    if (isReading) return;
    if (file?.name.endsWith('.fitting-room')) onLabFile(file);
    else onFiles(incoming);
  });
  return null;
}
