import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { lackOf } from '../../../src/core/classroom/assignment.ts';
import { uint32At } from '../../../src/core/random.ts';
import { assignmentText, formText, readAssignment, readForm } from '../../../src/state/assignment-text.ts';
import { FORM, SOURCE, START } from '../features/classroom/sample-assignment.ts';

test('an assignment comes back as it was written', () => {
  const reading = readAssignment(SOURCE);
  expect(reading).toMatchObject({ assignment: { id: '0123456789abcdef', ...FORM, source: SOURCE } });
  expect(readForm(formText(FORM))).toEqual(FORM);
  expect(readForm(null)).toBeNull();
  expect(readForm('{')).toBeNull();
});

const parsed: unknown = JSON.parse(SOURCE);

/** The assignment with one of the fields of its form in another form. */
function withForm(values: object): string {
  const form: unknown = JSON.parse(formText(FORM));
  return JSON.stringify({ ...Object(parsed), form: { ...Object(form), ...values } });
}

test.each([
  ['another version', JSON.stringify({ ...Object(parsed), version: 0 })],
  ['a field too many', JSON.stringify({ ...Object(parsed), more: 1 })],
  ['a start that is none', JSON.stringify({ ...Object(parsed), start: '{}' })],
  ['a rule about nothing', withForm({ rules: [['toString', { kind: 'locked' }]] })],
  [
    'two rules about one field',
    withForm({
      rules: [
        ['seed', { kind: 'locked' }],
        ['seed', { kind: 'hidden' }],
      ],
    }),
  ],
  ['limits where there can be none', withForm({ rules: [['optimizer', { kind: 'limited', min: 0, max: 1 }]] })],
  ['a network with an endless limit', withForm({ network: { kind: 'limited', layers: 5, parameters: 1e300 } })],
  ['a limit of half a layer', withForm({ network: { kind: 'limited', layers: 0.5, parameters: 9 } })],
  ['an endless bound', withForm({ goal: [{ measure: 'parameters', is: 'under', bound: 1e300 }] })],
  ['an unknown measure', withForm({ goal: [{ measure: 'constructor', is: 'under', bound: 1 }] })],
  ['a title beyond measure', withForm({ title: 'x'.repeat(1000) })],
  ['thousands of questions', withForm({ wanted: { run: true, prediction: '', questions: Array(5000).fill('?') } })],
  ['a lesson that is an address', withForm({ lesson: { lesson: 'https://example.org' } })],
  ['pollution', SOURCE.replace('"form":{', '"form":{"__proto__":{"polluted":1},')],
  ['nothing', ''],
  ['a long text', ' '.repeat(300_000)],
  ['deep brackets', '['.repeat(5000)],
])('%s is refused in a sentence', (_, text) => {
  expect(readAssignment(text)).toEqual({ problem: expect.stringContaining('This assignment is damaged') });
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('one of the first version, which had no rule about the network, leaves it free', async () => {
  const first = await readFile('tests/fixtures/assignments/version-1.txt', 'utf8');
  const { network, ...others } = FORM;
  const reading = readAssignment(first.trimEnd());
  expect(reading).toMatchObject({ assignment: { ...others, network: { kind: 'free' }, source: first.trimEnd() } });
});

test('a rule about the network comes back as it was written', () => {
  for (const network of [{ kind: 'locked' }, { kind: 'limited', layers: 5, parameters: 1000 }] as const)
    expect(readAssignment(assignmentText('0123456789abcdef', { ...FORM, network }, START))).toMatchObject({
      assignment: { network },
    });
});

test('one of a newer version asks for that version', () => {
  const newer = JSON.stringify({ ...Object(parsed), version: 3, form: { unheard: 'of' } });
  expect(readAssignment(newer)).toEqual({ problem: expect.stringContaining('newer version of Fitting Room') });
});

test('3,000 damaged assignments: each is read or refused in a sentence', () => {
  const outcomes = { read: 0, refused: 0 };
  for (let round = 0; round < 3000; round++) {
    const signs = [...SOURCE];
    for (let change = 0; change <= round % 3; change++) {
      const [place, kind] = [uint32At([round, change, 0], 0) % signs.length, uint32At([round, change, 1], 0) % 4];
      const sign = String.fromCharCode(uint32At([round, change, 2], 0) % 128);
      if (kind === 0) signs.splice(place, 1);
      else if (kind === 1) signs.splice(place, 0, sign);
      else if (kind === 2) signs.splice(place, uint32At([round, change, 3], 0) % 40);
      else signs[place] = sign;
    }
    const reading = readAssignment(signs.join(''));
    if ('problem' in reading) expect(reading.problem).toMatch(/^This assignment .+\.$/);
    outcomes['problem' in reading ? 'refused' : 'read']++;
  }
  expect(outcomes.refused).toBeGreaterThan(100);
  expect(outcomes.read).toBeGreaterThan(100);
});

const SMALL = { layers: 3, parameters: 1000 };

test('what an assignment lacks is said before it is given out', () => {
  expect(lackOf(FORM, SMALL)).toBeNull();
  expect(lackOf({ ...FORM, title: ' ' }, SMALL)).toBe('Give it a title.');
  expect(lackOf({ ...FORM, wanted: { ...FORM.wanted, questions: [''] } }, SMALL)).toContain('A question is empty');
  expect(lackOf({ ...FORM, wanted: { run: false, prediction: '', questions: [] } }, SMALL)).toContain(
    'what is to be handed in',
  );
  expect(lackOf({ ...FORM, rules: new Map([['epochs', { kind: 'limited', min: 5, max: 1 }]]) }, SMALL)).toContain(
    'A limit',
  );
  const limited = { ...FORM, network: { kind: 'limited', layers: 3, parameters: 999 } } as const;
  expect(lackOf(limited, SMALL)).toBe(
    'The assignment allows 999 parameters: this network has 1,000. Begin with a smaller one, or allow more.',
  );
  expect(lackOf(limited, { ...SMALL, parameters: 999 })).toBeNull();
  expect(assignmentText('0123456789abcdef', FORM, START)).toBe(SOURCE);
});
