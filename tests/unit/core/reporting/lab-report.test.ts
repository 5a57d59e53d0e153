import { expect, test } from 'vitest';
import { escaped } from '../../../../src/core/reporting/html.ts';
import { labReport } from '../../../../src/core/reporting/lab-report.ts';
import { draft, EVALUATION, fullRun } from '../../app/archive/full-run.ts';

const EVIL = `<img src=x onerror=alert(1)> "'\`& </section><script>alert(1)</script>`;

const { dataset } = draft;
const spec = { ...dataset, title: EVIL, classes: dataset.classes.map((name) => `${name}${EVIL}`) };
const run = { ...fullRun(3), name: EVIL, draft: { ...draft, dataset: spec } };
const picture = { source: `data:image/png;base64,AAAA" onload="alert(1)`, caption: EVIL };

const HTML = labReport({ text: EVIL, run, answers: EVALUATION, mistakes: [picture], drawings: [picture] });

test('it has the network, the recipe, the curves, the matrix, the report, mistakes, drawings and the text', () => {
  for (const title of [
    'In my own words',
    'The network',
    'The recipe',
    'The curves',
    'What it answered',
    'Mistakes',
    'What I drew',
  ])
    expect(HTML).toContain(`<h2>${title}`);
  expect(HTML).toContain('conv2d (Conv2D)');
  expect(HTML).toContain('<th>Seed</th><td>42</td>');
  expect(HTML.match(/<svg /g)).toHaveLength(2);
  expect(HTML).toContain('Confusion matrix');
});

test('whatever is typed or named stays text: no script, no handler, no address outside', () => {
  expect(HTML).not.toMatch(/<script|<img src=x|onerror=alert\(1\)>|" onload=/i);
  const tags = HTML.replace(/<style>.*<\/style>/s, '').match(/<[a-z][^>]*>/gi) ?? [];
  const names = new Set(tags.map((tag) => /^<([a-z0-9]+)/i.exec(tag)?.[1]));
  expect([...names].filter((name) => ['script', 'iframe', 'link', 'object', 'form', 'a'].includes(name ?? ''))).toEqual(
    [],
  );
  // What stands within quotes is a value, which has no quotes of its own.
  for (const tag of tags) expect(tag.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/\son\w+\s*=/i);
  expect(tags.filter((tag) => /\b(src|href)\s*=/.test(tag) && !tag.includes('src="data:image/png'))).toEqual([]);
  expect(HTML).not.toMatch(/url\(|@import|https?:/);
  expect(HTML).toContain("default-src 'none'");
  expect(escaped(EVIL)).not.toMatch(/[<>"'`]/);
});

test('a run without answers and without text has a report, too', () => {
  const bare = { ...run, epochs: [], test: null, backend: null };
  const html = labReport({ text: ' ', run: bare, answers: null, mistakes: [], drawings: [] });
  expect(html).not.toContain('In my own words');
  expect(html).toContain('<h2>The curves</h2>');
  expect(html).not.toContain('NaN');
});

test('it says where the pictures of mistakes could not be read, and is whole without them', () => {
  const html = labReport({ text: '', run, answers: EVALUATION, mistakes: null, drawings: [picture] });
  expect(html).toContain('Their pictures could not be read. Reload the app and save the report again.');
  expect(html).toContain('What I drew');
});
