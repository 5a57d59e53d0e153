import { useTab } from '../lab.tsx';
import { type IncomingFiles, useIncomingFiles } from './use-incoming-files.ts';

/** Props of {@link FilesOnPage}. */
export interface FilesOnPageProps {
  readonly onFiles: (files: IncomingFiles) => void;
}

/** Takes files that are dropped or pasted on the page, in the tab that works. Shows nothing. */
export function FilesOnPage({ onFiles }: FilesOnPageProps) {
  const isReading = useTab(({ role }) => role !== 'works');
  useIncomingFiles((incoming) => !isReading && onFiles(incoming));
  return null;
}
