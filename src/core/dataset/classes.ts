/** The ten garments, in the order of the data set's labels (Xiao, Rasul and Vollgraf, arXiv:1708.07747). */
export const CLASS_NAMES = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
] as const;

/** The name of a label; labels outside 0 ... 9 are a programming error. */
export function className(label: number): string {
  const name = CLASS_NAMES[label];
  if (name === undefined) throw new RangeError(`There is no garment class ${label}; labels run from 0 to 9.`);
  return name;
}
