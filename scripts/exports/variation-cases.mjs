import { NO_AUGMENTATION } from '../../src/core/training/augmentation.ts';
import { PLAIN } from './case-parts.mjs';

/** How images are varied. @type {Readonly<Record<string, import('./cases.mjs').Case>>} */
export const VARIATIONS = {
  'flips alternate': {
    fact: 'start',
    rows: PLAIN,
    recipe: { epochs: 2, augmentation: { ...NO_AUGMENTATION, flip: true, alternate: true, shift: 1 } },
  },
  ...Object.fromEntries(
    Object.entries({
      mirrored: { flip: true },
      moved: { shift: 2 },
      turned: { rotation: 30 },
      scaled: { scale: 0.3 },
      brighter: { brightness: 0.5 },
      erased: { erase: 0.5 },
      'varied in all ways': { flip: true, shift: 1, rotation: 10, scale: 0.1, brightness: 0.3, erase: 0.25 },
    }).flatMap(([name, augmentation]) =>
      /** @type {const} */ (['spots', 'library']).map((dataset) => [
        `${name}, ${dataset}`,
        {
          fact: 'variation',
          rows: PLAIN,
          dataset,
          recipe: { epochs: 1, augmentation: { ...NO_AUGMENTATION, ...augmentation } },
        },
      ]),
    ),
  ),
};
