import type { AssignmentForm } from '../../../../src/core/classroom/assignment.ts';
import { sharedText } from '../../../../src/core/sharing/shared-setup.ts';
import { elvlandVgg } from '../../../../src/datasets/fashion-mnist/presets/elvland.ts';
import { assignmentText } from '../../../../src/state/assignment-text.ts';

/** What an instructor may have written. */
export const FORM: AssignmentForm = {
  title: 'Fewer parameters',
  text: 'Reach **88 %**.\n\n<script>alert(1)</script> ![a](https://example.org/a.png) [b](javascript:alert(1))',
  rules: new Map([
    ['seed', { kind: 'locked' }],
    ['batchSize', { kind: 'hidden' }],
    ['epochs', { kind: 'limited', min: 1, max: 5 }],
  ]),
  goal: [
    { measure: 'validationAccuracy', is: 'over', bound: 0.88 },
    { measure: 'parameters', is: 'under', bound: 1e7 },
  ],
  network: { kind: 'free' },
  wanted: { run: true, prediction: 'How many?', questions: ['Why?', 'What next?'] },
  lesson: { lesson: 'overfitting' },
};

/** What it begins with. */
export const START = sharedText(
  { ...elvlandVgg, recipe: { ...elvlandVgg.recipe, epochs: 4, seed: 2018 } },
  elvlandVgg.id,
  'report',
);

/** The text of an assignment. */
export const SOURCE = assignmentText('0123456789abcdef', FORM, START);
