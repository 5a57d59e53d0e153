import { type ChangeEvent, type DragEvent, useState } from 'react';
import type { DatasetSpec, ImageSamples } from '../../../core/dataset/spec.ts';
import { countOf } from '../../../core/text/nouns.ts';
import { drawingOf } from '../../../datasets/capabilities.ts';
import { classNames } from '../../../ui/base/class-names.ts';
import { Icon } from '../../../ui/base/Icon.tsx';
import { withTool } from '../../../ui/card/tool.ts';
import { Button } from '../../../ui/form/Button.tsx';
import { SelectField } from '../../../ui/form/SelectField.tsx';

/** Props of {@link AddSamples}. */
export interface AddSamplesProps {
  readonly dataset: DatasetSpec;
  readonly size: ImageSamples;
  /** The drawing as the network sees it; null where nothing is drawn. */
  readonly drawn: Uint8Array<ArrayBuffer> | null;
  readonly onAdd: (label: number, samples: readonly Uint8Array<ArrayBuffer>[]) => void;
}

/** Where drawings, and pictures that are dropped or chosen, go into the test set; all of a drop are of one class. */
export function AddSamples({ dataset, size, drawn, onAdd }: AddSamplesProps) {
  const [label, setLabel] = useState(0);
  const [waiting, setWaiting] = useState<readonly File[]>([]);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [isOver, setIsOver] = useState(false);
  const takesPictures = size.height === size.width && size.storage === 'uint8';
  const classes = dataset.classes.map((name, value) => ({ value, label: name }));
  const add = () =>
    withTool(
      () => import('./pictures.ts'),
      async ({ samplesOf }) => {
        setWaiting([]);
        const read = await samplesOf(waiting, dataset, size);
        setRefused(read.refused);
        if (read.made.length > 0) onAdd(label, read.made);
      },
    );
  const wait = (files: Iterable<File>) => {
    setRefused([]);
    setWaiting([...waiting, ...files]);
  };
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    wait(currentTarget.files ?? []);
    // The same files may be chosen again.
    currentTarget.value = '';
  };
  const drag = (over: boolean) => (event: DragEvent) => {
    if (!takesPictures) return;
    event.preventDefault();
    setIsOver(over);
  };
  const drop = (event: DragEvent) => {
    drag(false)(event);
    if (takesPictures) wait(event.dataTransfer.files);
  };
  const pictures = countOf(waiting.length, { one: 'picture', many: 'pictures' });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pictures can be chosen by the button in it as well.
    <div
      className={classNames('own-test-drop', isOver && 'own-test-over')}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={drop}
    >
      <div className="own-test-add">
        <SelectField
          label={waiting.length === 0 ? 'It is' : waiting.length === 1 ? 'The picture is' : `All ${pictures} are`}
          choices={classes}
          value={label}
          onChange={setLabel}
        />
        {waiting.length > 0 ? (
          <>
            <Button variant="outline" size="sm" onClick={() => void add()}>
              Add {pictures}
            </Button>
            <Button variant="quiet" size="sm" onClick={() => setWaiting([])}>
              Cancel
            </Button>
          </>
        ) : (
          <>
            {drawingOf(dataset) !== null && (
              <Button
                variant="outline"
                size="sm"
                blocked={drawn === null ? 'Draw something first.' : undefined}
                onClick={() => drawn !== null && onAdd(label, [drawn.slice()])}
              >
                Add to my test set
              </Button>
            )}
            {takesPictures && (
              <label className="btn btn-line btn-sm">
                <Icon name="upload" size="sm" />
                Add pictures to it
                <input className="vh" type="file" accept="image/*" multiple onChange={choose} />
              </label>
            )}
          </>
        )}
      </div>
      {takesPictures && waiting.length === 0 && <p className="muted">Pictures can be dropped here, too.</p>}
      {refused.map((sentence) => (
        <p key={sentence} className="field-error" role="alert">
          {sentence}
        </p>
      ))}
    </div>
  );
}
