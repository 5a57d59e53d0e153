import { useState } from 'react';
import { download } from '../../ui/base/download.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { useLab, useSteadyRuns } from '../lab.tsx';
import { makeReport } from './report.ts';

/** Saves a report on a run: one HTML file to read, print or hand in. */
export function ReportSection() {
  const lab = useLab();
  const runs = useSteadyRuns().filter(({ epochs }) => epochs.length > 0);
  const [number, setNumber] = useState<number | null>(null);
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const run = runs.find((each) => each.number === number) ?? runs[0];
  if (run === undefined) return null;
  const save = async () => {
    setNote('');
    try {
      download(`report-run-${run.number}.html`, await makeReport(lab, run, text), 'text/html');
      setNote('Saved. It opens in any browser, and prints.');
    } catch (error) {
      setNote(`The report could not be made: ${String(error)}.`);
    }
  };
  return (
    <section className="share-file">
      <h4>As a report</h4>
      <p className="muted">One page to read or print: network, recipe, curves, matrix, mistakes, and your own words.</p>
      <Field label="In your own words">
        {({ id }) => (
          <textarea
            id={id}
            className="inp-lines"
            rows={3}
            maxLength={20_000}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
        )}
      </Field>
      <div className="share-bar">
        <SelectField
          label="Report on"
          className="share-what"
          choices={runs.map((each) => ({ value: each.number, label: `Run ${each.number}: ${each.name}` }))}
          value={run.number}
          onChange={setNumber}
        />
        <Button variant="outline" size="sm" icon="export" onClick={() => void save()}>
          Save the report
        </Button>
      </div>
      <p className="muted" role="status">
        {note}
      </p>
    </section>
  );
}
