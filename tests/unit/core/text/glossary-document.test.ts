import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GLOSSARY } from '../../../../src/core/text/glossary.ts';

test('docs/glossary.md has the terms that the app explains, as it explains them', () => {
  const document = readFileSync(new URL('../../../../docs/glossary.md', import.meta.url), 'utf8');
  const [, section = ''] = /\n## Terms that the app explains\n([\s\S]*?)(?=\n## |$)/.exec(document) ?? [];
  const entries = section
    .split(/^- /m)
    .slice(1)
    .map((entry) => entry.replace(/\s+/g, ' ').trim());
  expect(entries).toEqual(GLOSSARY.map(({ term, meaning }) => `**${term}**: ${meaning}`));
});
