import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readHandInFile } from '../../../../src/app/lab-file/hand-in-file.ts';
import { readLab } from '../../../../src/app/lab-file/lab-file.ts';
import { readAssignment } from '../../../../src/state/assignment-text.ts';

/*
 * Files as each version of the app has saved them; they are never written again. Whoever raises a version adds one, and those before it
 * still open.
 */
function saved(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../../fixtures/lab-files/${name}`, import.meta.url)));
}

test('a lab of version 1', () => {
  expect(readLab(saved('lab-1.fitting-room'))).toMatchObject({
    contents: {
      shared: { dataset: { id: 'fashion-mnist' }, tab: 'report', presetId: 'ciutacu-cnn' },
      runs: [
        {
          run: { number: 3, name: 'CNN', backend: 'wasm', losses: Float32Array.of(2, 1, Number.NaN), stoppedAt: 2 },
          checkpoint: { snapshot: { step: 20 } },
        },
      ],
      texts: [{ kind: 'drawing', name: 'fashion-mnist', text: '0x784' }],
      unreadable: 0,
      assignment: null,
    },
  });
});

test('an assignment of version 1', () => {
  const lab = readLab(saved('assignment-1.fitting-room'));
  const source = 'contents' in lab ? (lab.contents.assignment ?? '') : '';
  expect(readAssignment(source)).toMatchObject({
    assignment: {
      title: 'Fewer parameters',
      wanted: { questions: ['Why?', 'What next?'] },
      lesson: { lesson: 'overfitting' },
    },
  });
});

test('a hand-in of version 1, whose stamp still holds', () => {
  expect(readHandInFile(saved('hand-in-1.fitting-room'))).toMatchObject({
    handIn: { student: 'Ada', isWhole: true, answers: ['because', ''], run: { number: 3 } },
  });
});
