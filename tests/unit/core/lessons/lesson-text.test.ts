import { expect, test } from 'vitest';
import { parseLessonText } from '../../../../src/core/lessons/lesson-text.ts';

const TEXT = `# A title

## Question
What?

Really?

## Predict
Which?
- one: The first
- two: The second: with a colon

## Why
Because.

## Change one thing
This.

## Learned
That.
`;

test('a lesson is read by its headings', () => {
  expect(parseLessonText(TEXT)).toEqual({
    title: 'A title',
    question: 'What?\n\nReally?',
    prompt: 'Which?',
    options: new Map([
      ['one', 'The first'],
      ['two', 'The second: with a colon'],
    ]),
    why: 'Because.',
    change: 'This.',
    learned: 'That.',
  });
  expect(parseLessonText(TEXT.replaceAll('\n', '\r\n')).title).toBe('A title');
});

test.each([
  ['no title', TEXT.replace('# A title', ''), 'begins with its title'],
  ['no question', TEXT.replace('## Question', '## Questions'), 'A title has nothing under ## Question.'],
  ['nothing learned', TEXT.replace('That.', ''), 'A title has nothing under ## Learned.'],
  ['one option', TEXT.replace(/^- two.*$/m, ''), 'a single option'],
])('a text with %s is refused', (_name, text, message) => expect(() => parseLessonText(text)).toThrow(message));
