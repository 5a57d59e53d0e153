import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const TESTS = fileURLToPath(new URL('..', import.meta.url));
const DOCUMENT = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));

/** The rows of `Which test shows what`. */
function rows(): readonly (readonly [fault: string, file: string, title: string])[] {
  const section = readFileSync(DOCUMENT, 'utf8').split('## Which test shows what')[1] ?? '';
  return [...section.matchAll(/^\| (.*?) \| `(.*?)` \| (.*?) \|$/gm)].map(([, fault = '', file = '', title = '']) => [
    fault,
    file,
    title,
  ]);
}

test('each fault of the document has a test of that title', () => {
  const missing = rows().filter(([, file, title]) => {
    const path = TESTS + file;
    return (
      !existsSync(path) || ![`'${title}'`, `\`${title}\``].some((each) => readFileSync(path, 'utf8').includes(each))
    );
  });
  expect(rows().length).toBeGreaterThan(35);
  expect(missing).toEqual([]);
});
