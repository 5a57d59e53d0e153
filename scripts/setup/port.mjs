import { createServer } from 'node:net';
import { Problem } from './problem.mjs';

/** A port is taken when either of the two addresses of localhost is. */
const LOCALHOST = ['127.0.0.1', '::1'];

/**
 * @param {string} text
 * @returns {number}
 * @throws {Problem} where the text is not a port number.
 */
export function parsePort(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Problem(`${JSON.stringify(text)} is not a port. Give a number from 1 to 65535.`);
}

/**
 * @param {number} port
 * @returns {Promise<void>}
 * @throws {Problem} where the port cannot be had, with the command to use another.
 */
export async function checkPort(port) {
  const other = `Stop that program, or choose another port: npm start -- --port ${port < 65_535 ? port + 1 : 4173}`;
  for (const host of LOCALHOST) {
    const code = await tryToListen(port, host);
    if (code === 'EADDRINUSE') throw new Problem(`Port ${port} is taken by another program. ${other}`);
    if (code === 'EACCES') throw new Problem(`Port ${port} is reserved for the administrator. Choose one above 1023.`);
  }
}

/**
 * A port that is free now, chosen by the system.
 *
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, LOCALHOST[0], () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} the error's code, or undefined when listening worked.
 */
function tryToListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
