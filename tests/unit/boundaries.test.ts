import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Files that break a rule of the house, one line each, with a piece of the message that each must get. */
const FORBIDDEN: readonly (readonly [file: string, line: string, message: string])[] = [
  ['src/core/tfjs.ts', "import { tensor } from '@tensorflow/tfjs-core';", 'core is pure TypeScript: no packages'],
  ['src/core/node.ts', "import { join } from 'node:path';", 'core is pure TypeScript: no packages'],
  ['src/core/up.ts', "import { Button } from '../ui/button.tsx';", 'core imports nothing but itself'],
  ['src/core/layers/up.ts', "import { Button } from '../../ui/button.tsx';", 'core imports nothing but itself'],
  ['src/core/odd.ts', "import { Button } from './../ui/button.tsx';", 'core imports nothing but itself'],
  ['src/core/lazy.ts', "const later = import('../engine/engine.ts');", 'core imports nothing but itself'],
  ['src/core/again.ts', "export { Button } from '../ui/button.tsx';", 'core imports nothing but itself'],
  ['src/core/inline.ts', "type Far = import('../engine/engine.ts').Engine;", 'an inline import escapes the boundaries'],
  ['src/core/dom.ts', "const root = document.querySelector('p');", 'the global variable document'],
  ['src/core/chance.ts', 'const chance = Math.random();', "Do not use 'Math.random'"],
  ['src/protocol/package.ts', "import { object } from 'valibot';", 'protocol is pure TypeScript: no packages'],
  ['src/protocol/up.ts', "import type { Store } from '../state/store.ts';", 'protocol imports core only'],
  ['src/protocol/dom.ts', 'window.close();', 'the global variable window'],
  ['src/dataset/tfjs.ts', "import { tensor } from '@tensorflow/tfjs-core';", 'dataset uses no package but valibot'],
  ['src/datasets/package.ts', "import { object } from 'valibot';", 'datasets is pure TypeScript: no packages'],
  ['src/datasets/digits/up.ts', "import { store } from '../../state/store.ts';", 'datasets imports core only'],
  ['src/datasets/digits/ui.ts', "import { Button } from '../../ui/button.tsx';", 'datasets imports core only'],
  ['src/datasets/digits/data.ts', "import { read } from '../../dataset/shard.ts';", 'datasets imports core only'],
  ['src/datasets/dom.ts', "const root = document.querySelector('p');", 'the global variable document'],
  ['src/core/outlines.ts', "import { OUTLINES } from '../datasets/outlines.ts';", 'core imports nothing but itself'],
  ['src/protocol/spec.ts', "import { DIGITS } from '../datasets/digits/spec.ts';", 'protocol imports core only'],
  ['src/dataset/spec.ts', "import { DIGITS } from '../datasets/digits/spec.ts';", 'dataset imports core only'],
  [
    'src/engine/spec.ts',
    "import { DIGITS } from '../datasets/digits/spec.ts';",
    'engine imports dataset and core only',
  ],
  ['src/worker/spec.ts', "import { DIGITS } from '../datasets/digits/spec.ts';", 'worker imports engine and protocol'],
  ['src/ui/pad/spec.ts', "import { DIGITS } from '../../datasets/digits/spec.ts';", 'ui imports core only'],
  ['src/dataset/up.ts', "import type { Engine } from '../engine/engine.ts';", 'dataset imports core only'],
  [
    'src/engine/protocol.ts',
    "import type { Event } from '../protocol/event.ts';",
    'engine imports dataset and core only',
  ],
  ['src/engine/react.ts', "import { useState } from 'react';", 'engine uses no package but tfjs'],
  ['src/worker/tfjs.ts', "import { tensor } from '@tensorflow/tfjs-core';", 'worker uses no package but valibot'],
  ['src/worker/up.ts', "import { store } from '../state/store.ts';", 'worker imports engine and protocol'],
  ['src/service-worker/idb.ts', "import { openDB } from 'idb';", 'service-worker uses no packages but workbox'],
  ['src/service-worker/state.ts', "import { store } from '../state/store.ts';", 'service-worker imports core only'],
  ['src/service-worker/data.ts', "import { read } from '../dataset/cache.ts';", 'service-worker imports core only'],
  [
    'src/app/versions.ts',
    "import { cacheNameOf } from '../service-worker/versions.ts';",
    'Nothing imports the service worker',
  ],
  [
    'src/worker/versions.ts',
    "import { own } from '../service-worker/versions.ts';",
    'worker imports engine and protocol',
  ],
  [
    'src/features/model/versions.ts',
    "import { own } from '../../service-worker/versions.ts';",
    'features import state and ui',
  ],
  ['src/state/react.ts', "import { useState } from 'react';", 'React stays in features and ui'],
  ['src/state/engine.ts', "import type { Engine } from '../engine/engine.ts';", 'state imports protocol and core only'],
  ['src/ui/state.tsx', "import { store } from '../state/store.ts';", 'ui imports core only'],
  ['src/ui/store.tsx', "import { useStore } from 'zustand';", 'ui holds no state of the app'],
  ['src/ui/protocol.tsx', "import type { Event } from '../protocol/event.ts';", 'ui imports core only'],
  ['src/features/model/worker.tsx', "const worker = new Worker('worker.js');", 'the global variable Worker'],
  ['src/features/model/tfjs.tsx', "import { tensor } from '@tensorflow/tfjs';", 'Only src/engine imports tfjs'],
  [
    'src/features/model/engine.tsx',
    "import type { Engine } from '../../engine/engine.ts';",
    'features import state and ui',
  ],
  ['src/features/lab.tsx', "import { page } from '../app/page.tsx';", 'features import state and ui'],
  ['src/features/model/other.tsx', "import { Pad } from '../drawing/pad.tsx';", 'Features do not import each other'],
  [
    'src/features/model/parts/other.tsx',
    "import { Pad } from '../../drawing/pad.tsx';",
    'Features do not import each other',
  ],
  ['src/app/engine.tsx', "import { create } from '../engine/engine.ts';", 'those live behind the worker'],
  ['src/app/tfjs.tsx', "import { tensor } from '@tensorflow/tfjs';", 'Only src/engine imports tfjs'],
];

/** Files that look alike and break no rule. */
const ALLOWED: readonly (readonly [file: string, line: string])[] = [
  ['src/core/layers/sibling.ts', "import { graph } from '../graph.ts';"],
  ['src/core/below.ts', "import { conv } from './layers/conv2d.ts';"],
  ['src/protocol/core.ts', "import type { Graph } from '../core/graph.ts';"],
  ['src/dataset/valibot.ts', "import { object } from 'valibot';"],
  ['src/engine/tfjs.ts', "import { tensor } from '@tensorflow/tfjs-core';"],
  ['src/engine/dataset.ts', "import type { Shard } from '../dataset/shard.ts';"],
  ['src/service-worker/workbox.ts', "import { PrecacheController } from 'workbox-precaching';"],
  ['src/service-worker/core.ts', "import { USE_UPDATE } from '../core/site/agreement.ts';"],
  ['src/worker/engine.ts', "import { create } from '../engine/engine.ts';"],
  ['src/datasets/digits/spec.ts', "import type { DatasetSpec } from '../../core/dataset/spec.ts';"],
  ['src/datasets/digits/shipped.ts', "import type { Shipped } from '../shipped.ts';"],
  ['src/state/datasets.ts', "import { presetsFor } from '../datasets/catalogue.ts';"],
  ['src/features/drawing/datasets.ts', "import { drawingOf } from '../../datasets/capabilities.ts';"],
  ['src/app/datasets.ts', "import { SHIPPED } from '../datasets/catalogue.ts';"],
  ['src/state/zustand.ts', "import { createStore } from 'zustand/vanilla';"],
  ['src/state/protocol.ts', "import type { Event } from '../protocol/event.ts';"],
  ['src/ui/react.tsx', "import { useState } from 'react';"],
  ['src/ui/core.tsx', "import type { Shape } from '../core/shape.ts';"],
  ['src/features/model/state.tsx', "import { store } from '../../state/store.ts';"],
  ['src/features/model/shared.tsx', "import { Lab } from '../lab.tsx';"],
  ['src/features/model/parts/own.tsx', "import { Card } from '../cards/card.tsx';"],
  ['src/features/model/parts/ui.tsx', "import { Button } from '../../../ui/button.tsx';"],
  ['src/features/panels.tsx', "import { Panel } from './model/panel.tsx';"],
  ['src/app/worker.tsx', "const worker = new Worker('worker.js');"],
  ['src/app/features.tsx', "import { Panel } from '../features/model/panel.tsx';"],
];

/** Files that import each other in a circle, a value or a type alone: each of them must be refused. */
const CIRCLES: readonly (readonly [file: string, line: string])[] = [
  ['src/core/circle/first.ts', "import { second } from './second.ts';\nexport const first = () => second;"],
  ['src/core/circle/second.ts', "import { first } from './first.ts';\nexport const second = () => first;"],
  ['src/core/circle/parent.ts', "import type { Child } from './child.ts';\nexport type Parent = readonly Child[];"],
  [
    'src/core/circle/child.ts',
    "import type { Parent } from './parent.ts';\nexport type Child = { readonly of: Parent };",
  ],
  ['src/engine/circle/a.ts', "import type { C } from './c.ts';\nexport const a = (c: C) => c;"],
  ['src/engine/circle/b.ts', "import { a } from './a.ts';\nexport const b = a;"],
  ['src/engine/circle/c.ts', "import { b } from './b.ts';\nexport type C = typeof b;"],
];

const ROOT = resolve(import.meta.dirname, '../..');
const BOUNDARY_RULES = /noRestrictedImports|noRestrictedGlobals|noJsRestrictedProperties|plugin|noImportCycles/;

describe('the boundaries of the house', () => {
  const house = mkdtempSync(join(tmpdir(), 'boundaries-'));
  let found = new Map<string, string[]>();
  beforeAll(() => {
    furnish(house);
    found = lint(house);
  });
  afterAll(() => rmSync(house, { recursive: true }));

  test.each(FORBIDDEN)('%s must not say: %s', (file, _line, message) => {
    expect(found.get(file)?.join('\n')).toContain(message);
  });

  test.each(CIRCLES)('%s must not be part of a circle', (file) => {
    expect(found.get(file)?.join('\n')).toContain('part of a cycle');
  });

  test.each(ALLOWED)('%s may say: %s', (file) => {
    expect(found.get(file)).toBeUndefined();
  });

  test('core sees neither the DOM nor Node, because the compiler does not know them there', () => {
    const errors = compile(house);
    expect(errors).toContain("Cannot find name 'HTMLElement'");
    expect(errors).toContain("Cannot find name 'process'");
  });
});

/** Writes the planted files into an empty folder, next to the real configuration. */
function furnish(house: string): void {
  for (const path of ['biome.jsonc', 'scripts/lint', '.gitignore', 'tsconfig.json', 'tsconfig.pure.json']) {
    cpSync(join(ROOT, path), join(house, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'), 'junction');
  for (const [file, line] of [...FORBIDDEN, ...CIRCLES, ...ALLOWED]) plant(join(house, file), line);
  plant(join(house, 'src/core/element.ts'), 'export const size = (element: HTMLElement) => element.clientWidth;');
  plant(join(house, 'src/core/process.ts'), 'export const cwd = process.cwd();');
}

function plant(file: string, line: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${line}\n`);
}

/** The messages of the boundary rules, by file. */
function lint(house: string): Map<string, string[]> {
  const report = JSON.parse(
    run(house, '@biomejs/biome/bin/biome', ['lint', '--reporter=json', '--max-diagnostics=none']),
  );
  const messages = new Map<string, string[]>();
  for (const { category, location, message } of report.diagnostics) {
    if (BOUNDARY_RULES.test(category)) messages.set(location.path, [...(messages.get(location.path) ?? []), message]);
  }
  return messages;
}

function compile(house: string): string {
  return run(house, 'typescript/bin/tsc', ['-p', 'tsconfig.pure.json', '--pretty', 'false']);
}

/** What a tool prints; here the tools are meant to find fault, so a failure is the normal case. */
function run(cwd: string, tool: string, args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, [join(ROOT, 'node_modules', tool), ...args], {
      cwd,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}
