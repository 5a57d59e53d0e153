import { useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { countOf } from '../../core/text/nouns.ts';
import { analysisOf } from '../../state/analysis.ts';
import type { Run } from '../../state/run.ts';
import { allRuns } from '../../state/runs.ts';
import { download } from '../../ui/base/download.ts';
import { Button } from '../../ui/form/Button.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { useLab } from '../lab.tsx';
import { FILE_FORMS, type FileFormAbout } from './file-forms.ts';
import './network-files.css';

/** The runs whose weights are here, each as a file for other tools. */
export function NetworkFiles() {
  const { runs } = useLab();
  const kept = useStore(runs.checkpoints.numbers);
  const trained = useStore(
    runs.store,
    useShallow((all) => allRuns(all).filter(({ number }) => kept.has(number))),
  );
  const [chosen, setChosen] = useState<number | null>(null);
  const run = trained.find(({ number }) => number === chosen) ?? trained[0];
  return (
    <section className="network-files" aria-labelledby="network-files">
      <h3 id="network-files">With its weights</h3>
      {run === undefined ? (
        <p>
          A network that was trained can be saved with its weights, for other tools. Train one first. Weights of a run
          that trains are here once it is paused.
        </p>
      ) : (
        <>
          {trained.length > 1 && (
            <SelectField
              label="Run"
              choices={trained.map(({ number, name }) => ({ value: number, label: `${number} · ${name}` }))}
              value={run.number}
              onChange={setChosen}
            />
          )}
          <Forms key={run.number} run={run} />
        </>
      )}
    </section>
  );
}

function Forms({ run }: { readonly run: Run }) {
  const { checkpoints } = useLab().runs;
  const [said, setSaid] = useState<{ readonly text: string; readonly isProblem: boolean } | null>(null);
  const save = async ({ form, title, ending }: FileFormAbout) => {
    setSaid(null);
    try {
      const [{ networkFile }, checkpoint] = await Promise.all([
        import('./network-file.ts'),
        checkpoints.read(run.number),
      ]);
      const { graph } = analysisOf(run.draft);
      if (checkpoint === null || graph === null) throw new Error('The weights of this run are not here any more.');
      const { step, weights } = checkpoint.snapshot;
      const file = networkFile(form, { graph, recipe: run.draft.recipe, weights, step, name: run.name });
      download(`fitting-room-run-${run.number}${ending}`, file);
      const steps = countOf(step, { one: 'step', many: 'steps' });
      setSaid({ text: `${title}: saved with the weights after ${steps}.`, isProblem: false });
    } catch (error) {
      setSaid({ text: error instanceof Error ? error.message : String(error), isProblem: true });
    }
  };
  return (
    <>
      <ul>
        {FILE_FORMS.map((about) => (
          <li key={about.form}>
            <p>
              <b>{about.title}.</b> {about.use}
            </p>
            <Button
              variant="outline"
              size="sm"
              icon="export"
              label={`Save for ${about.title}`}
              word="Save"
              onClick={() => void save(about)}
            />
          </li>
        ))}
      </ul>
      <p className={said?.isProblem ? 'field-error' : undefined} role={said?.isProblem ? 'alert' : 'status'}>
        {said?.text}
      </p>
    </>
  );
}
