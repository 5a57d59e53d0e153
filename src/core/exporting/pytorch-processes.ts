import { indented } from './python.ts';

/** How a program that is started by `torchrun` learns of its other processes; alone it is the first of one. */
export function processLines(batchSize: number): readonly string[] {
  return [
    '# On several GPUs: `torchrun --nproc-per-node=2` and the name of this file, with as many processes as there are GPUs;',
    '# `torchrun --help` says how on several machines. Each process takes its share of every batch: the steps stay the same.',
    'rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))',
    'place = int(os.environ.get("LOCAL_RANK", 0))',
    `assert ${batchSize} % world == 0, "A batch of ${batchSize} cannot be shared by so many processes."`,
    'if torch.cuda.is_available():',
    ...indented(['torch.cuda.set_device(place)']),
    'if world > 1:',
    ...indented(['torch.distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")']),
  ];
}

/** Lines that read files that a library may have to fetch: by the first process of a machine, before the others. */
export function fetchedOnce(lines: readonly string[]): readonly string[] {
  return [
    'if place > 0:',
    ...indented(['torch.distributed.barrier()  # until the first process of this machine has fetched the files']),
    ...lines,
    'if world > 1 and place == 0:',
    ...indented(['torch.distributed.barrier()']),
  ];
}

/** The batches of one process, whose samples are its share of those that all processes take in the same order. */
export function sharedBatches(batchSize: number, seed: number, isFull: boolean): readonly string[] {
  const sampler = isFull ? 'torch.utils.data.DistributedSampler' : 'Filled';
  return [
    ...(isFull ? [] : filledLines(batchSize)),
    `shares = ${sampler}(train, world, rank, seed=${seed})`,
    `batches = torch.utils.data.DataLoader(train, batch_size=${batchSize} // world, sampler=shares)`,
  ];
}

/** An order whose last batch is full: all processes must have as many steps. */
function filledLines(batchSize: number): readonly string[] {
  return [
    '',
    '',
    'class Filled(torch.utils.data.DistributedSampler):',
    ...indented([
      '"""A new order for each epoch, filled up from its beginning so that the last batch is full."""',
      '',
      'def __len__(self):',
      ...indented([`return math.ceil(len(train) / ${batchSize}) * ${batchSize} // world`]),
      '',
      'def __iter__(self):',
      ...indented([
        'chance = torch.Generator().manual_seed(self.seed + self.epoch)',
        'order = torch.randperm(len(train), generator=chance).tolist()',
        'return iter([order[i % len(order)] for i in range(rank, world * len(self), world)])',
      ]),
    ]),
    '',
    '',
  ];
}

/** What stands behind the model: its copy in each process has the mean of all gradients. */
export function parallelLines(seed: number, normalizes: boolean): readonly string[] {
  return [
    `torch.manual_seed(${seed} + rank)  # dropout and variations differ from process to process`,
    ...(normalizes
      ? [
          '# On CPUs each process normalises its own share of a batch.',
          'if world > 1 and torch.cuda.is_available():',
          ...indented(['model = nn.SyncBatchNorm.convert_sync_batchnorm(model)']),
        ]
      : []),
    'parallel = nn.parallel.DistributedDataParallel(model) if world > 1 else model',
  ];
}
