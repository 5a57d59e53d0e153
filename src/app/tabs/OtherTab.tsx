import { useLab, useTab } from '../../features/lab.tsx';
import type { TabState } from '../../state/tab.ts';
import { Button } from '../../ui/form/Button.tsx';
import './other-tab.css';

/** Says that another tab works, or did, and offers to work here. */
export function OtherTab() {
  const { workHere, acknowledge } = useLab().tab;
  const state = useTab((now) => now);
  const works = state.role === 'works';
  return (
    <div className="other-tab" role="status" aria-label="Other tab">
      <p>{textOf(state)}</p>
      {works ? (
        <Button variant="quiet" onClick={acknowledge}>
          OK
        </Button>
      ) : (
        <Button variant="outline" disabled={state.role === 'takesOver'} onClick={workHere}>
          Work here instead
        </Button>
      )}
    </div>
  );
}

function textOf({ role, other }: TabState): string {
  if (role === 'works') return 'The other tab did not respond. This tab has taken over from what was last saved.';
  if (role === 'takesOver') return 'The other tab is pausing and handing over its work. This takes a moment.';
  switch (other) {
    case 'silent':
      return 'Fitting Room is open in another tab, which keeps your work but does not respond. What this tab shows may be out of date.';
    case 'otherVersion':
      return 'Another version of Fitting Room is open in another tab, which keeps your work. This tab cannot follow it; reload both tabs to have the same version.';
    default:
      return 'Fitting Room is open in another tab, which keeps your work. This tab only shows it.';
  }
}
