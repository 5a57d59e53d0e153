import { useEffect, useState } from 'react';
import type { PresetAbout as About, Preset } from '../core/network/presets/preset.ts';
import { percentText } from '../core/text/number-text.ts';
import { aboutPreset } from '../datasets/catalogue.ts';

/** What the source says, which is loaded with the first look at it. */
export function PresetFacts({ preset }: { readonly preset: Preset }) {
  const [about, setAbout] = useState<About | null>(null);
  useEffect(() => {
    let isShown = true;
    const show = (loaded: About) => isShown && setAbout(loaded);
    aboutPreset(preset).then(show, () =>
      show({
        source: '',
        note: 'This part of the page could not be loaded. Open it again once there is a network.',
        figures: [],
      }),
    );
    return () => {
      isShown = false;
    };
  }, [preset]);
  if (about === null) return null;
  return (
    <>
      <p className="muted">{about.source}</p>
      <p>{about.note}</p>
      <Reported reported={preset.reported} figures={about.figures} />
    </>
  );
}

/** The figures of the report; what it does not give is left out. */
function Reported({ reported, figures }: Pick<Preset, 'reported'> & Pick<About, 'figures'>) {
  const { trainAccuracy, testAccuracy } = reported;
  const accuracies = [
    { label: 'Train accuracy', value: trainAccuracy },
    { label: 'Test accuracy', value: testAccuracy },
  ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value: percentText(value, 2) }]));
  const given = [...accuracies, ...figures];
  if (given.length === 0) return null;
  return (
    <>
      <h3>As reported</h3>
      <dl>
        {given.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
