import { type DatasetSpec, inputShapeOf } from '../dataset/spec.ts';
import { type Ending, endingOf, endingsFor } from '../network/endings.ts';
import type { Graph } from '../network/graph.ts';
import { NO_AUGMENTATION } from '../training/augmentation.ts';
import type { Recipe } from '../training/recipe.ts';
import { idxReaderLines } from './opened/idx.ts';
import { pictureReaderLines } from './opened/pictures.ts';
import { call, indented } from './python.ts';
import { tableReaderLines } from './table-reader.ts';

/** The imports of Python's standard library that a program needs, and an empty line after them. */
export function standardImports(program: string): readonly string[] {
  const modules = ['csv', 'functools', 'gzip', 'io', 'json', 'math', 'os', 're', 'zipfile']
    .filter((name) => new RegExp(`(?<![\\w.])${name}\\.[a-zA-Z]`).test(program))
    .map((name) => `import ${name}`);
  const imports = [...modules, ...(program.includes('Path(') ? ['from pathlib import Path'] : [])];
  return imports.length === 0 ? [] : [...imports, ''];
}

/** The imports of Pillow that a program needs. */
export function pillowImports(program: readonly string[]): readonly string[] {
  return program.some((line) => line.includes('Image.open(')) ? ['from PIL import Image, ImageOps'] : [];
}

/** What is to be installed: pictures are read with Pillow, which comes with torchvision. */
export function packagesFor(packages: string, { opened }: DatasetSpec): string {
  return opened?.kind === 'pictures' && !packages.includes('torchvision') ? `${packages} pillow` : packages;
}

/**
 * Where Python libraries have a data set; null where none has, or where they would not hand out what the app trains on: bytes
 * of images that are divided by 255.
 */
export function libraryOf({ library, samples }: DatasetSpec): DatasetSpec['library'] {
  return samples.kind === 'image' && samples.storage === 'uint8' && samples.scale === 255 ? library : null;
}

/** How a network ends. */
export function endOf({ nodes, dataset }: Graph): Ending {
  return endingOf(nodes.at(-1)?.output ?? [], dataset) ?? endingsFor(dataset)[0];
}

/** The recipe without what its samples have no use for: rows of a table are not mirrored or turned. */
export function recipeFor({ samples }: DatasetSpec, recipe: Recipe): Recipe {
  return samples.kind === 'image' ? recipe : { ...recipe, augmentation: NO_AUGMENTATION };
}

/** Where the data set is, which may have to be changed, and a function that reads a part of it. */
export function readerLines(dataset: DatasetSpec): readonly string[] {
  const { samples, opened } = dataset;
  if (samples.kind === 'table') return tableReaderLines(dataset, samples);
  if (opened?.kind === 'pictures') return pictureReaderLines(dataset, samples, opened);
  if (opened?.kind === 'idx') return idxReaderLines(dataset, opened);
  const type = samples.storage === 'uint8' ? 'uint8' : '<f4';
  const shape = call('values.reshape', [-1, ...inputShapeOf(dataset)]);
  return [
    '# Where manifest.json and the files that it lists are.',
    `folder = Path("${dataset.id}")`,
    '',
    '',
    'def load(split):',
    ...indented([
      `"""The ${dataset.words.sample.many} and the labels of "train" or "test"."""`,
      'manifest = json.loads((folder / "manifest.json").read_text())',
      'shards = [shard for shard in manifest["shards"] if shard["split"] == split]',
      'parts = [(gzip.decompress((folder / shard["file"]).read_bytes()), shard["count"]) for shard in shards]',
      'labels = np.concatenate([np.frombuffer(raw, "uint8", count) for raw, count in parts])',
      `values = np.concatenate([np.frombuffer(raw, "${type}", offset=count) for raw, count in parts])`,
      `return ${shape}, labels`,
    ]),
  ];
}

/** The values of samples as floats, divided by what the app divides them by. */
export function scaled(values: string, { samples }: DatasetSpec): string {
  return `${values}.astype("float32")${samples.scale === 1 ? '' : ` / ${samples.scale}`}`;
}
