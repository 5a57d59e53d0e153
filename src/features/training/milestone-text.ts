import { percentText } from '../../core/text/number-text.ts';
import { presetById, shippedDataset } from '../../datasets/catalogue.ts';
import { isEdited } from '../../state/draft.ts';
import type { Run } from '../../state/run.ts';

/** `90.3 %: better than people at 83.5 %, the report had 90.69 %`; null while there is no test result, or nothing to compare it with. */
export function milestoneText({ test, draft, phase }: Run): string | null {
  if (phase !== 'finished' || test === null) return null;
  const people = shippedDataset(draft.dataset)?.humanAccuracy ?? null;
  const preset = presetById(draft.dataset, draft.presetId);
  const reported = preset && !isEdited(draft, preset) ? preset.reported.testAccuracy : null;
  const beside = [
    ...(people === null
      ? []
      : [`${test.accuracy > people ? 'better than' : 'not yet as good as'} people at ${percentText(people)}`]),
    ...(reported === null ? [] : [`the report had ${percentText(reported, 2)}`]),
  ];
  return beside.length === 0 ? null : `${percentText(test.accuracy)}: ${beside.join(', ')}`;
}
