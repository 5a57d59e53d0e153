import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { folderOf } from '../../support/proof-datasets.ts';
import { PATCHES } from './figures.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Where the tests serve the app: a folder of a site that may have others. */
const FOLDER = '/course/week-3/';

/**
 * A plain host of static files, as GitHub Pages is one: it sends no headers for isolation, and cannot be told to. Browsers
 * must ask it again for what they keep, so that nothing but the service worker answers in its place. It serves a build of
 * the app from a folder, with the small data set in `patches/`.
 */
export class StaticSite {
  /** The folder that holds the build; another one is another version of the app. */
  folder: string;
  /** Paths below the app that it answers with 404. */
  missing: RegExp | null = null;
  /** Paths below the app that it does not answer at all. */
  held: RegExp | null = null;
  readonly #port: number;
  #server: Server;

  private constructor(folder: string, server: Server, port: number) {
    this.folder = folder;
    this.#server = server;
    this.#port = port;
  }

  static async start(folder: string): Promise<StaticSite> {
    const server = createServer();
    const site = new StaticSite(folder, server, await listen(server, 0));
    site.#serve();
    return site;
  }

  /** The address of the app. */
  get address(): string {
    return `http://localhost:${this.#port}${FOLDER}`;
  }

  /** Ends all connections: from now on there is nobody at the address. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Comes back to the same address. */
  async restart(): Promise<void> {
    this.#server = createServer();
    this.#serve();
    await listen(this.#server, this.#port);
  }

  #serve(): void {
    this.#server.on('request', async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const path = pathname.startsWith(FOLDER) ? pathname.slice(FOLDER.length) : null;
      if (path !== null && this.held?.test(path)) return;
      const body = path === null || this.missing?.test(path) ? null : await this.#read(path);
      const type = TYPES[extname(path || 'index.html')] ?? 'application/octet-stream';
      if (body === null)
        response.writeHead(404, { 'Content-Type': 'text/html' }).end('<!doctype html><p>Not found.</p>');
      else response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }).end(body);
    });
  }

  async #read(path: string): Promise<Uint8Array | null> {
    if (path.startsWith('patches/')) return (await folderOf(PATCHES)).get(path.slice('patches/'.length)) ?? null;
    const file = join(this.folder, normalize(path === '' ? 'index.html' : path));
    return readFile(file).catch(() => null);
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return (server.address() as AddressInfo).port;
}
