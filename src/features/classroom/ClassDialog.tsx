import { type ChangeEvent, type DragEvent, useContext, useState } from 'react';
import { useStore } from 'zustand';
import { countOf } from '../../core/text/nouns.ts';
import { download } from '../../ui/base/download.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { LabFilesContext } from '../lab-files.ts';
import { ClassAnswers } from './ClassAnswers.tsx';
import { ClassCurves } from './ClassCurves.tsx';
import { ClassTable } from './ClassTable.tsx';
import './class.css';
import { classCsv, classRows, filteredRows, type Order, sortedRows } from './class-rows.ts';
import { CLASS, closeClass, openHandIns } from './class-store.ts';
import { useRepeater } from './use-again.ts';

/** What a class handed in: a table, all curves, and the answers side by side. Nothing leaves this browser. */
export function ClassDialog({ onClose }: { readonly onClose: () => void }) {
  const { handIns, refused } = useStore(CLASS);
  return (
    <Dialog
      title="Class"
      className="class"
      onClose={onClose}
      closeWord="Close"
      actions={
        handIns.length > 0 && (
          <Button variant="quiet" onClick={closeClass}>
            Close the class
          </Button>
        )
      }
    >
      <Opening />
      {refused.length > 0 && (
        <div role="alert">
          <ul className="class-refused" aria-label="Files that were not opened">
            {refused.map(({ name, problem }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name.
              <li key={i}>
                <b>{name}</b>: {problem}
              </li>
            ))}
          </ul>
        </div>
      )}
      {handIns.length > 0 && <Opened />}
    </Dialog>
  );
}

/** Where files are dropped or chosen. */
function Opening() {
  const files = useContext(LabFilesContext);
  const [isReading, setReading] = useState(false);
  const open = async (chosen: FileList | null) => {
    if (files === null || chosen === null || chosen.length === 0) return;
    setReading(true);
    await openHandIns([...chosen], await files());
    setReading(false);
  };
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    void open(currentTarget.files).then(() => {
      // The same files may be chosen again.
      currentTarget.value = '';
    });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    void open(event.dataTransfer.files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button inside does the same.
    <div className="class-drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <label className="btn btn-line">
        <Icon name="upload" size="sm" />
        Open hand-ins
        <input
          className="vh"
          type="file"
          multiple
          accept=".fitting-room"
          aria-label="Open hand-ins"
          disabled={files === null || isReading}
          onChange={choose}
        />
      </label>
      <span className="muted" role="status">
        {isReading ? 'Reading the files …' : 'or drop the files here. They stay in this browser.'}
      </span>
    </div>
  );
}

function Opened() {
  const { handIns } = useStore(CLASS);
  const repeater = useRepeater();
  const [words, setWords] = useState('');
  const [order, setOrder] = useState<{ readonly by: Order; readonly isDown: boolean }>({
    by: 'student',
    isDown: false,
  });
  const [marked, setMarked] = useState<string | null>(null);
  const all = classRows(handIns);
  const rows = sortedRows(filteredRows(all, words), order.by, order.isDown);
  const met = all.filter(({ isMet }) => isMet).length;
  const save = () =>
    download(
      'class.csv',
      classCsv(rows, ({ handIn }) => repeater.of(handIn).state),
    );
  return (
    <>
      <p role="status">
        {countOf(all.length, { one: 'hand-in', many: 'hand-ins' })}, {met} with the goal met.
      </p>
      <div className="class-bar">
        <Field label="Filter by name or words">
          {({ id }) => (
            <input
              id={id}
              className="inp"
              type="search"
              value={words}
              onChange={({ currentTarget }) => setWords(currentTarget.value)}
            />
          )}
        </Field>
        <Button variant="outline" size="sm" onClick={() => repeater.start(rows.map(({ handIn }) => handIn))}>
          Train all again
        </Button>
        <Button variant="outline" size="sm" icon="export" onClick={save}>
          Save as CSV
        </Button>
      </div>
      <ClassTable rows={rows} order={order} onOrder={setOrder} repeater={repeater} onMark={setMarked} />
      <ClassCurves rows={rows} marked={marked} />
      <ClassAnswers rows={rows} />
    </>
  );
}
