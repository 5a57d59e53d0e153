import { knowOthers } from './catalogue.ts';
import { SHIPPED_DIGITS } from './digits/shipped.ts';
import { PARTS } from './fashion-mnist/parts.ts';
import { SHIPPED_FASHION_MNIST } from './fashion-mnist/shipped.ts';
import { SHIPPED_PENGUINS } from './penguins/shipped.ts';
import type { ShippedDataset } from './shipped-dataset.ts';
import { australianPreset } from './weather/australia.ts';
import { SHIPPED_WEATHER } from './weather/shipped.ts';

const OTHERS: readonly ShippedDataset[] = [...PARTS, SHIPPED_DIGITS, SHIPPED_PENGUINS, SHIPPED_WEATHER];

/** The data sets that come with the app; the first one is open when the page opens for the first time. */
export const SHIPPED_DATASETS: readonly [ShippedDataset, ...ShippedDataset[]] = [SHIPPED_FASHION_MNIST, ...OTHERS];

// From here on the catalogue has them, too: it is loaded with the page, and they are not.
knowOthers({
  shipped: OTHERS,
  recognise: (dataset) => {
    const found = australianPreset(dataset);
    return found && { ...found, about: SHIPPED_WEATHER.aboutPresets };
  },
});
