import { indented } from './python.ts';

/** Keras shares the work on JAX, which has to be said before it is imported. */
export const BACKEND_LINES: readonly string[] = ['os.environ["KERAS_BACKEND"] = "jax"', ''];

/** How a program takes all GPUs of its machine, and learns of other processes. */
export function processLines(batchSize: number): readonly string[] {
  return [
    '# All GPUs of a machine share every batch: the steps stay the same. Several machines do where the program is started on each',
    '# with KERAS_DISTRIBUTION_NUM_PROCESSES, its own KERAS_DISTRIBUTION_PROCESS_ID from 0 on, and the address of the first and a',
    '# port in KERAS_DISTRIBUTION_JOB_ADDRESSES.',
    'if "KERAS_DISTRIBUTION_PROCESS_ID" in os.environ:',
    ...indented(['keras.distribution.initialize()']),
    'keras.distribution.set_distribution(keras.distribution.DataParallel(auto_shard_dataset=False))',
    'rank, world, devices = jax.process_index(), jax.process_count(), jax.device_count()',
    `assert ${batchSize} % devices == 0, "A batch of ${batchSize} cannot be shared by so many devices."`,
    'told = "auto" if rank == 0 else 0',
    '',
    '',
    'def share(samples):',
    ...indented([
      '"""What this process judges: as many as the other ones, and all of its devices, can have."""',
      'return samples[rank : len(samples) // devices * devices : world]',
    ]),
    '',
    '',
  ];
}

/** How many samples are judged at once: as many on each device. */
export const JUDGED = '32 * devices // world';
