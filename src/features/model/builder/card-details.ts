import { part } from '../../../ui/card/part.tsx';

const load = () => import('./LayerDetails.tsx');

/** What open cards show; loaded once the closed ones are drawn. */
export const LayerDetails = part(async () => (await load()).LayerDetails);
export const InputDetails = part(async () => (await load()).InputDetails);

/** Loads it before a card is opened. */
export function loadDetails(): void {
  LayerDetails.load();
  InputDetails.load();
}
