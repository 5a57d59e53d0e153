import { useMemo, useState } from 'react';
import { presetById } from '../../datasets/catalogue.ts';
import { isEdited } from '../../state/draft.ts';
import { useRun } from '../lab.tsx';
import { PresetFacts } from '../PresetFacts.tsx';
import './threshold.css';

/** What the report has from which the run's network comes, to compare with; nothing where it comes from none. */
export function AsReported() {
  const draft = useRun((run) => run?.draft ?? null);
  const [open, setOpen] = useState(false);
  const preset = useMemo(() => draft && presetById(draft.dataset, draft.presetId), [draft]);
  if (!draft || !preset || preset.reported.testAccuracy === null) return null;
  return (
    <details className="report-more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What the report had</summary>
      {open && (
        <div className="preset-about">
          {isEdited(draft, preset) && <p>The network or its recipe was changed since, so figures may differ.</p>}
          <PresetFacts preset={preset} />
        </div>
      )}
    </details>
  );
}
