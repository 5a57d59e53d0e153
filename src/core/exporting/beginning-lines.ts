import type { ProgramOptions } from './program-options.ts';
import { indented } from './python.ts';

/** How weights get into a model, `file` being their file as Python writes it. */
const LOADING = {
  torch: (file: string) => [`model.load_state_dict({**model.state_dict(), **load_file(${file})})`],
  // By the place among the weights of their layer, since the weights of two layers may have one name.
  keras: (file: string) => [
    `for name, values in load_file(${file}).items():`,
    ...indented([
      'layer, place = name.rsplit(".", 1)',
      'weight = model.get_layer(layer).weights[int(place)]',
      'weight.assign(values.reshape(weight.shape))',
    ]),
  ],
} as const;

/** The lines that load weights to begin with; without their file the program begins with new ones, and says so. */
export function beginningLines(
  tool: keyof typeof LOADING,
  { beginning = null, isShared = false }: ProgramOptions,
): readonly string[] {
  if (beginning === null) return [];
  const file = JSON.stringify(beginning.file);
  return [
    `# In the app the run begins with ${beginning.from}. They are in this file, which Export code saves, too.`,
    `if Path(${file}).exists():`,
    ...indented(LOADING[tool](file)),
    isShared ? 'elif rank == 0:' : 'else:',
    ...indented([`print(${JSON.stringify(`${beginning.file} is not here, so all layers begin with new weights.`)})`]),
  ];
}
