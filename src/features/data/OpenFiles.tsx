import { type ChangeEvent, type DragEvent, useState } from 'react';
import type { FoundFile } from '../../protocol/reading/reading.ts';
import { classNames } from '../../ui/base/class-names.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { chosenFiles, droppedFiles } from './found-files.ts';

/** Props of {@link OpenFiles}. */
export interface OpenFilesProps {
  /** Why what was opened last cannot be used; null where nothing was. */
  readonly refusal: string | null;
  readonly onFiles: (files: readonly FoundFile<File>[]) => void;
  /** Begins with classes that have no pictures yet. */
  readonly onCards: () => void;
}

/** A place to drop files and folders on, with buttons for those who choose them. Nothing leaves the browser. */
export function OpenFiles({ refusal, onFiles, onCards }: OpenFilesProps) {
  const [isOver, setIsOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void droppedFiles(event.dataTransfer).then(onFiles);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(true);
  };
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    if (currentTarget.files !== null && currentTarget.files.length > 0) onFiles(chosenFiles(currentTarget.files));
    // The same files may be chosen again.
    currentTarget.value = '';
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can be chosen by the buttons in it as well.
    <div
      className={classNames('drop-zone', isOver && 'drop-zone-over')}
      onDragOver={drag}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <p>
        <b>Drop your own data here</b>: pictures with a folder for each class (or a zip of them), the IDX files of MNIST
        and its relatives, or a table as CSV. They stay in this browser.
      </p>
      <div className="drop-buttons">
        <label className="btn btn-line btn-sm">
          <Icon name="upload" size="sm" />
          Open data files
          <input className="vh" type="file" multiple onChange={choose} />
        </label>
        <label className="btn btn-line btn-sm">
          Open a folder
          {/* Not in React's types: the attribute is webkit's in every browser. */}
          <input className="vh" type="file" {...{ webkitdirectory: '' }} onChange={choose} />
        </label>
        <Button variant="outline" size="sm" onClick={onCards}>
          Name classes and take pictures
        </Button>
      </div>
      {refusal !== null && (
        <p className="field-error" role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}
