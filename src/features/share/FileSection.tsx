import { type ChangeEvent, useContext, useState } from 'react';
import { countOf } from '../../core/text/nouns.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { Locked } from '../Locked.tsx';
import { useSteadyRuns } from '../lab.tsx';
import { LabFilesContext } from '../lab-files.ts';
import { saveFile } from '../save-file.ts';

/** Props of {@link FileSection}. */
export interface FileSectionProps {
  /** The tab of the results that the file opens. */
  readonly tab: string;
  /** Opens a file that somebody saved. */
  readonly onOpen: (file: File) => void;
}

interface Outcome {
  readonly isSaved: boolean;
  readonly problem?: string;
}

/** Saves the lab, or one run of it, as a file, and opens such files. */
export function FileSection({ tab, onOpen }: FileSectionProps) {
  const files = useContext(LabFilesContext);
  const runs = useSteadyRuns().filter(({ losses }) => losses.length > 0);
  const [run, setRun] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const choices = [
    { value: null, label: `Everything: ${countOf(runs.length, { one: 'run', many: 'runs' })}, drafts, drawings` },
    ...runs.map(({ number, name }) => ({ value: number, label: `Run ${number}: ${name}` })),
  ];
  const save = async () => {
    if (files === null) return;
    setOutcome(null);
    try {
      const isSaved = await saveFile(`${run === null ? 'lab' : `run-${run}`}.fitting-room`, async () =>
        (await files()).save(run, tab),
      );
      setOutcome(isSaved ? { isSaved } : null);
    } catch (error) {
      setOutcome({
        isSaved: false,
        problem: `The file could not be saved: ${String(error)}. Save a single run, or delete runs that you do not need.`,
      });
    }
  };
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const [file] = currentTarget.files ?? [];
    if (file !== undefined) onOpen(file);
    // The same file may be chosen again.
    currentTarget.value = '';
  };
  return (
    <section className="share-file">
      <h4>As a file</h4>
      <p className="muted">
        The draft and the runs with their curves, results and weights. Open it here, or drop it on the page, on any
        device.
      </p>
      <div className="share-bar">
        <SelectField label="What to save" className="share-what" choices={choices} value={run} onChange={setRun} />
        <Button variant="outline" size="sm" icon="export" disabled={files === null} onClick={() => void save()}>
          Save
        </Button>
        <Locked>
          <label className="btn btn-line btn-sm">
            <Icon name="upload" size="sm" />
            Open
            <input className="vh" type="file" accept=".fitting-room" aria-label="Open files" onChange={choose} />
          </label>
        </Locked>
      </div>
      <p className="muted" role="status">
        {outcome?.isSaved && 'Saved.'}
      </p>
      {outcome?.problem !== undefined && (
        <p className="field-error" role="alert">
          {outcome.problem}
        </p>
      )}
    </section>
  );
}
