import type { PresetAbout } from '../../core/network/presets/preset.ts';

const OWN = 'Fitting Room';
const ELVLAND = 'Elvland, "Final Deep-learning Report", 2023';

/** What is known about each preset, by its id. */
export const WEATHER_ABOUT: Readonly<Record<string, PresetAbout>> = {
  'weather-dense': {
    source: OWN,
    note: 'One hidden layer, and a single unit for the probability of rain. Two days in three are dry, so a network that always says dry is right in 65 % of the rows: that is the figure to beat.',
    figures: [],
  },
  'elvland-rain': {
    source: ELVLAND,
    note: 'Two softplus units and one sigmoid unit, in batches of 10. The report trained it for 3 epochs on 140,000 rows of weatherAUS.csv, with Humidity3pm as its only column. Seattle’s table has no humidity and far fewer rows, so here it gets all columns and 60 epochs; open weatherAUS.csv to repeat the report itself.',
    figures: [
      { label: 'Training accuracy in Australia', value: '0.75' },
      { label: 'Test accuracy in Australia', value: '0.76' },
      { label: 'Precision for rain', value: '0.47' },
      { label: 'Recall for rain', value: '0.65' },
      { label: 'F1 for rain', value: '0.54' },
    ],
  },
  'elvland-rain-australia': {
    source: ELVLAND,
    note: 'Two softplus units and one sigmoid unit, 3 epochs in batches of 10, with Humidity3pm as the only column: open the file by its way “Humidity3pm only, as Elvland 2023” to repeat it. The figures of the report announce more days of rain than come. So does this network with balanced class weights, which the report does not name: on 8,186 rows of the file it finds 34 % of the days of rain without them and 74 % with them, at an F1 of 0.46 and 0.52. Try both.',
    figures: [
      { label: 'Rain, training rows: precision, recall, F1', value: '0.47, 0.65, 0.54' },
      { label: 'No rain, training rows: precision, recall, F1', value: '0.89, 0.79, 0.83' },
      { label: 'Rain, test rows: precision, recall, F1', value: '0.47, 0.66, 0.55' },
      { label: 'No rain, test rows: precision, recall, F1', value: '0.89, 0.79, 0.84' },
    ],
  },
};
