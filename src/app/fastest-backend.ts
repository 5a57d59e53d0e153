import * as v from 'valibot';
import { BACKEND_CHOICES } from '../core/training/backend.ts';
import { networkKind, type RaceTime, winnerOf } from '../core/training/race.ts';
import type { BackendAnswer, BackendQuestion } from '../state/backend-gate.ts';
import { readChoice, writeChoice } from '../ui/base/choice-storage.ts';

/** The name of the setting. It is of this device, and so in no file of the lab. */
const NAME = 'races';
/** Kinds of networks whose races are kept; the oldest give way. */
const MOST = 50;

const timeSchema = v.object({
  backend: v.picklist(BACKEND_CHOICES.filter((choice) => choice !== 'auto')),
  first: v.pipe(v.number(), v.minValue(0)),
  step: v.pipe(v.number(), v.minValue(0)),
});

const racesSchema = v.object({
  /** The browser: another version of it may be faster. */
  browser: v.string(),
  /** Times by the name of the device and the kind of network, the oldest first. */
  races: v.pipe(v.array(v.tuple([v.string(), v.pipe(v.array(timeSchema), v.minLength(1))])), v.maxLength(MOST)),
});

type Races = v.InferOutput<typeof racesSchema>['races'];

/**
 * The backend that trains a run fastest, by the last race of a network of this kind on this device and browser, or else by one that
 * is held now and kept. Null where no backend could be
 * measured.
 */
export async function fastestBackend(
  question: BackendQuestion,
  race: (question: BackendQuestion) => Promise<readonly RaceTime[]>,
): Promise<BackendAnswer | null> {
  const { setup, steps, open, device, canRace } = question;
  const kind = networkKind(setup);
  if (kind === null) return null;
  const name = `${device}, ${kind}`;
  const known = readRaces().find(([other]) => other === name)?.[1];
  const times = known ?? (canRace ? await race(question) : []);
  // Where the one that is open could not be measured, the device had other things to do.
  if (known === undefined && times.some(({ backend }) => backend === open)) keepRace(name, times);
  const backend = winnerOf(times, steps, open);
  return backend === undefined ? null : { backend, times };
}

/** Races of earlier runs in this browser; none where they cannot be read. */
function readRaces(): Races {
  const kept = v.safeParse(v.pipe(v.string(), v.parseJson(), racesSchema), readChoice(NAME));
  return kept.success && kept.output.browser === navigator.userAgent ? kept.output.races : [];
}

function keepRace(name: string, times: readonly RaceTime[]): void {
  const races = [...readRaces().filter(([other]) => other !== name), [name, times] as const].slice(-MOST);
  writeChoice(NAME, JSON.stringify({ browser: navigator.userAgent, races }));
}
