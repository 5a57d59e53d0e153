import type { FunctionCall, ModuleWriter } from './assembler.ts';
import { atomic, type Code, drop, i32, type Local, loopUntil, sequence, when } from './code.ts';
import { DONE, FIRST, JOB, KERNEL } from './control-block.ts';

/** How often a thread looks for work before it goes to sleep, some tens of microseconds. */
const PATIENCE = 20_000;

type KernelCall = FunctionCall<'chunk' | 'thread'>;

/**
 * Adds the functions that distribute the chunks of a job among threads: - `alone(kernel, chunks)` does a job on this
 * thread; - `lead(kernel, chunks)` does a job together with all threads that serve, and returns when it is done; -
 * `serve(thread)` does chunks of any job for ever.
 *
 * A thread takes a chunk by replacing the JOB word, in one atomic exchange, by one that counts a chunk less. The word
 * includes the job's number, so the exchange of a thread that still has the word of an earlier job fails. A chunk that
 * was taken therefore belongs to the current job, which does not end before that chunk is done.
 */
export function addScheduler(module: ModuleWriter, kernels: readonly KernelCall[]): void {
  const execute = addExecute(module, kernels);
  module.add('alone', ['kernel', 'chunks'], ({ parameters: { kernel, chunks } }) =>
    sequence(
      i32.store(KERNEL, kernel),
      loopUntil(i32.eqz(chunks), sequence(chunks.increase(-1), execute({ chunk: chunks, thread: 0 }))),
    ),
  );
  const takeOne = addTakeOne(module, execute);
  module.add('lead', ['kernel', 'chunks'], ({ parameters: { kernel, chunks }, scope }) => {
    const word = scope.local('i32');
    return sequence(
      i32.store(KERNEL, kernel),
      atomic.store(DONE, 0),
      word.set(i32.shl(i32.add(i32.shrU(atomic.load(JOB), 16), 1), 16)),
      atomic.store(JOB, i32.add(word, chunks)),
      drop(atomic.notify(JOB, 0x7fffffff)),
      loopUntil(i32.eqz(leftIn(atomic.load(JOB))), takeOne({ thread: 0 })),
      loopUntil(i32.eq(atomic.load(DONE), chunks), []),
    );
  });
  module.add('serve', ['thread'], ({ parameters: { thread }, scope }) => {
    const [word, idle] = [scope.local('i32'), scope.local('i32')];
    return loopUntil(
      i32Never(),
      sequence(
        word.set(atomic.load(JOB)),
        when(
          leftIn(word),
          sequence(takeOne({ thread }), idle.set(0)),
          sequence(idle.increase(1), when(i32.gt(idle, PATIENCE), sequence(drop(atomic.wait(JOB, word)), idle.set(0)))),
        ),
      ),
    );
  });
}

/** A condition that never holds. */
function i32Never(): Code {
  return i32.eqz(1);
}

function leftIn(word: Local | Code): Code {
  return i32.and(word, 0xffff);
}

/** Runs a chunk of the kernel that KERNEL names, counted from FIRST on. */
function addExecute(module: ModuleWriter, kernels: readonly KernelCall[]): KernelCall {
  return module.add('execute', ['chunk', 'thread'], ({ parameters: { chunk, thread } }) =>
    sequence(
      chunk.increase(i32.load(FIRST)),
      ...kernels.map((run, index) => when(i32.eq(i32.load(KERNEL), index), run({ chunk, thread }))),
    ),
  );
}

/** Takes a chunk of the current job and does it, unless another thread was faster. */
function addTakeOne(module: ModuleWriter, execute: KernelCall): FunctionCall<'thread'> {
  return module.add('takeOne', ['thread'], ({ parameters: { thread }, scope }) => {
    const [word, left] = [scope.local('i32'), scope.local('i32')];
    return sequence(
      word.set(atomic.load(JOB)),
      left.set(leftIn(word)),
      when(
        left,
        when(
          i32.eq(atomic.exchange(JOB, word, i32.sub(word, 1)), word),
          sequence(execute({ chunk: i32.sub(left, 1), thread }), drop(atomic.add(DONE, 1))),
        ),
      ),
    );
  });
}
