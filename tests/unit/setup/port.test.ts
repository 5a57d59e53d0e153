import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkPort, freePort, parsePort } from '../../../scripts/setup/port.mjs';

test.each(['', '0', '70000', '80a', '-1', '1.5'])('%j is no port', (text) => {
  expect(() => parsePort(text)).toThrow(/is not a port\. Give a number from 1 to 65535/);
});

test('a port is a number', () => {
  expect(parsePort('4173')).toBe(4173);
});

test('a free port passes, and is refused once something listens there', async () => {
  const port = await freePort();
  await expect(checkPort(port)).resolves.toBeUndefined();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await expect(checkPort(port)).rejects.toThrow(`Port ${port} is taken by another program.`);
  await new Promise((resolve) => server.close(resolve));
});
