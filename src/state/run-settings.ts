import { type LiveSettings, settingsOf } from '../core/training/live-settings.ts';
import type { Run } from './run.ts';

/** The settings that a run trains with now. */
export function liveSettings(run: Run): LiveSettings {
  let settings = settingsOf(run.draft.recipe);
  for (const { values } of run.adjustments) settings = { ...settings, ...values };
  return settings;
}
