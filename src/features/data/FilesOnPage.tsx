import { useTab } from '../lab.tsx';
import { type IncomingFiles, useIncomingFiles } from './use-incoming-files.ts';

/** Props of {@link FilesOnPage}. */
export interface FilesOnPageProps {
  readonly onFiles: (files: IncomingFiles) => void;
  /** A lab, or the weights of a network. */
  readonly onLabFile: (file: File) => void;
}

/** Takes files that are dropped or pasted on the page, in the tab that works. Shows nothing. */
export function FilesOnPage({ onFiles, onLabFile }: FilesOnPageProps) {
  const isReading = useTab(({ role }) => role !== 'works');
  useIncomingFiles((incoming, [file]) => {
    if (isReading) return;
    if (file && /\.(?:fitting-room|safetensors)$/.test(file.name)) onLabFile(file);
    else onFiles(incoming);
  });
  return null;
}
