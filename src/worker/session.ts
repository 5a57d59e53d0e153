import type { EvaluationSet } from '../core/evaluation/evaluation.ts';
import { type CarriedWeights, carriedWeights } from '../core/network/carried-weights.ts';
import type { Graph } from '../core/network/graph.ts';
import { numberProblem } from '../core/network/options.ts';
import type { Checkpoint } from '../core/training/checkpoint.ts';
import { type Adjustment, adjustmentProblem } from '../core/training/live-settings.ts';
import { RECIPE_RANGES } from '../core/training/recipe-fields.ts';
import type { Trainer } from '../engine/engine.ts';
import { OutOfMemoryError } from '../engine/out-of-memory-error.ts';
import type { Advance, Standing } from '../protocol/commands.ts';
import type { RunWeights } from '../protocol/requests.ts';
import type { WorkerContext } from './context.ts';
import { EarlyStop } from './early-stop.ts';
import { isAbort, RefusedError } from './errors.ts';
import { createLock } from './lock.ts';
import { RunCheckpoints } from './run-checkpoints.ts';
import { RunHistograms } from './run-histograms.ts';
import { RunJudge } from './run-judge.ts';
import { RunReports } from './run-reports.ts';
import { carryWeights, type SessionStart } from './session-start.ts';
import { targetStep } from './target-step.ts';

/** One run: it trains, pauses, goes on and is judged, until it is dropped. */
export class Session {
  readonly run: number;
  readonly histograms: RunHistograms;
  readonly #start: SessionStart;
  readonly #context: WorkerContext;
  readonly #reports: RunReports;
  readonly #judge: RunJudge;
  readonly #checkpoints: RunCheckpoints;
  /** The trainer takes one request at a time: a step, or a whole evaluation. */
  readonly #exclusive = createLock();
  readonly #lifetime = new AbortController();
  #trainer: Trainer | null = null;
  /** Aborted when training is to stop. */
  #abort = new AbortController();
  /** Aborted when training is to go on: then nobody waits for what is kept of where it stood. */
  #standing = new AbortController();
  #driving: Promise<void>;
  /** Changes that came before the trainer was there. */
  readonly #waiting: ((trainer: Trainer) => Promise<void>)[] = [];
  /** How long the run is in all. */
  #epochs: number;
  #epochsReported = 0;
  readonly #earlyStop: EarlyStop;
  #over = false;

  /** The run starts when `ready` resolves: when the device is free. */
  constructor(start: SessionStart, context: WorkerContext, ready: Promise<void>) {
    const { run, recipe, from } = start;
    this.run = run;
    this.#driving = ready;
    this.#start = start;
    this.#epochs = from?.course.lengths.at(-1) ?? recipe.epochs;
    this.#context = context;
    this.#reports = new RunReports(run, recipe.batchSize, context);
    this.#judge = new RunJudge(start, context, this.#reports);
    this.#checkpoints = new RunCheckpoints(run, {
      ...{ context, reports: this.#reports, exclusive: this.#exclusive },
      judged: () => ({ judgedEpochs: this.#epochsReported, earlyStopping: this.#earlyStop.state }),
    });
    this.#earlyStop = new EarlyStop(recipe.earlyStopping);
    this.histograms = new RunHistograms(start, context);
  }

  /** The network that it trains. */
  get graph(): Graph {
    return this.#start.graph;
  }

  /** The trainer, once it is built; null before. */
  get trainer(): Trainer | null {
    return this.#trainer;
  }

  /** Trains on, as far as asked. Asking again while it trains changes how far. */
  advance(advance: Advance): void {
    this.pause();
    this.#standing.abort();
    const [abort, standing] = [new AbortController(), new AbortController()];
    [this.#abort, this.#standing] = [abort, standing];
    const drive = () => this.#drive(advance, abort.signal, standing.signal);
    this.#driving = this.#driving.then(() => this.#guarded(drive));
  }

  /** Builds the network again as it stood, without a step. What was measured is not measured again. */
  stand({ phase, isTested }: Standing): void {
    const build = async () => {
      if (this.#over) return;
      const trainer = await this.#build();
      this.#reports.enter(phase, this.#trainer);
      if (phase === 'finished' && !isTested) await this.#judgeTest(trainer);
    };
    this.#driving = this.#driving.then(() => this.#guarded(build));
  }

  /** Stops before the next batch. */
  pause(): void {
    this.#abort.abort();
  }

  /** Judges the network on a set. Training waits meanwhile, and its controls go on working. */
  async evaluate(set: EvaluationSet): Promise<void> {
    const trainer = this.#trainer;
    if (trainer !== null) await this.#guarded(() => this.#evaluate(trainer, set));
  }

  /** Changes settings between two steps. Throws a RefusedError with the sentence of a field that is out of range. */
  async adjust(values: Adjustment): Promise<void> {
    const problem = adjustmentProblem(values);
    if (problem !== null) throw new RefusedError(problem);
    await this.#change(async (trainer) => {
      await trainer.adjust(values);
      this.#context.emit({ type: 'adjusted', run: this.run, step: trainer.step, values });
    });
  }

  /** Makes the run longer. Throws a RefusedError where it would not be. */
  async extend(epochs: number): Promise<void> {
    const problem = numberProblem({ ...RECIPE_RANGES.epochs, min: this.#epochs + 1 }, epochs);
    if (problem !== null) throw new RefusedError(problem);
    this.#epochs = epochs;
    await this.#change(async (trainer) => {
      trainer.extend(epochs);
      this.#earlyStop.watch(this.#epochsReported, null, false);
      this.#context.emit({ type: 'extended', run: this.run, epochs });
    });
  }

  /** Puts a question to the network, which takes no step meanwhile; null before the first step. */
  async ask<Answer>(question: (trainer: Trainer) => Promise<Answer>): Promise<Answer | null> {
    return this.#exclusive(async () => {
      const trainer = this.#trainer;
      return trainer === null || trainer.step === 0 ? null : question(trainer);
    });
  }

  /** The weights as they are now; null before the first step. */
  async weights(): Promise<RunWeights | null> {
    return this.ask(async (trainer) => ({ step: trainer.step, values: await trainer.readWeights() }));
  }

  /** The weights as they are now, also while it comes back, as far as another network can take them; null before the first step. */
  async weightsFor(graph: Graph): Promise<CarriedWeights | null> {
    const values = this.#trainer === null ? this.#start.from?.snapshot.weights : (await this.weights())?.values;
    return values ? carriedWeights(this.#start.graph, values, graph) : null;
  }

  /** Stops and frees what the run holds. */
  async drop(): Promise<void> {
    this.#over = true;
    this.#lifetime.abort();
    this.pause();
    await this.#driving;
    await this.#free();
  }

  async #drive(advance: Advance, signal: AbortSignal, standing: AbortSignal): Promise<void> {
    if (this.#over) return this.#checkpoints.makeUp();
    this.#checkpoints.goOn();
    if (this.#trainer === null) this.#reports.enter('compiling', this.#trainer);
    const trainer = this.#trainer ?? (await this.#build());
    const target = targetStep(trainer, this.#epochs, advance);
    this.#reports.enter('training', this.#trainer);
    this.#reports.throttle.rest();
    try {
      await this.#trainUntil(trainer, target, signal);
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
    if (trainer.step > 0) await this.#read(trainer);
    if (this.#isComplete(trainer)) await this.#finish(trainer);
    else {
      this.#reports.stand(trainer);
      await this.#checkpoints.takeStanding(trainer, standing);
    }
  }

  async #build(): Promise<Trainer> {
    const { graph, recipe, from, carried } = this.#start;
    const trainer = await this.#context.engine.createTrainer(graph, recipe, this.#lifetime.signal);
    this.#trainer = trainer;
    if (from !== null) await this.#resume(trainer, from);
    this.#earlyStop.watch(this.#epochsReported, from?.earlyStopping ?? null, this.#epochsReported >= this.#epochs);
    await this.#carry(trainer, await carried);
    this.histograms.begin();
    for (const change of this.#waiting.splice(0)) await this.#exclusive(() => change(trainer));
    return trainer;
  }

  async #resume(trainer: Trainer, { snapshot, course, judgedEpochs }: Checkpoint): Promise<void> {
    await this.#exclusive(() => trainer.restore(snapshot));
    trainer.follow(course);
    this.#epochsReported = judgedEpochs;
  }

  /** Begins with weights of another network, which nothing else remembers. */
  async #carry(trainer: Trainer, carried: CarriedWeights | null): Promise<void> {
    if (carried === null) return;
    await this.#exclusive(() => carryWeights(trainer, carried));
    await this.#checkpoints.take(trainer);
  }

  /** Makes a change between two steps, or as soon as there is something to change. */
  async #change(change: (trainer: Trainer) => Promise<void>): Promise<void> {
    const trainer = this.#trainer;
    if (trainer === null) this.#waiting.push(change);
    else
      await this.#guarded(async () => {
        await this.#exclusive(() => change(trainer));
        await this.#checkpoints.take(trainer);
      });
  }

  async #trainUntil(trainer: Trainer, target: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#epochsReported < Math.floor(trainer.step / trainer.stepsPerEpoch))
        await this.#endEpoch(trainer, signal);
      if (trainer.step >= target || this.#earlyStop.hasStopped) return;
      await this.#exclusive(() => trainer.trainStep(signal));
      const isTimeToRead = this.#reports.throttle.step();
      if (this.#checkpoints.isDue(false)) await this.#checkpoints.take(trainer, signal);
      else if (isTimeToRead) await this.#read(trainer);
      await this.#context.yieldToMessages();
    }
  }

  async #read(trainer: Trainer): Promise<void> {
    this.#reports.steps(await this.#exclusive(() => trainer.readMetrics()), trainer);
  }

  /** Judges the network on the fixed sample of training images and on the validation images, and reports both. */
  async #endEpoch(trainer: Trainer, signal: AbortSignal): Promise<void> {
    await this.#read(trainer);
    const report = await this.#exclusive(() => this.#judge.epoch(trainer, signal));
    this.#epochsReported++;
    const epoch = this.#epochsReported;
    const loss = report.validation?.loss ?? Number.NaN;
    await this.#exclusive(() => this.histograms.take(trainer, epoch));
    this.#context.emit({ type: 'epochEnded', run: this.run, report: { epoch, step: trainer.step, ...report } });
    const isLast = epoch >= this.#epochs;
    const stops = await this.#exclusive(() => this.#earlyStop.note(loss, () => trainer.snapshot(), isLast));
    if (stops) this.#context.emit({ type: 'stoppedEarly', run: this.run, epoch });
    if (this.#checkpoints.isDue(true)) await this.#checkpoints.take(trainer, signal);
    this.#reports.throttle.rest();
  }

  #isComplete(trainer: Trainer): boolean {
    const isLong = this.#epochsReported >= this.#epochs && trainer.step >= this.#epochs * trainer.stepsPerEpoch;
    return isLong || this.#earlyStop.hasStopped;
  }

  /** Puts back the weights of the best epoch, if they were kept and are not the last ones. */
  async #restoreBest(trainer: Trainer): Promise<void> {
    const kept = this.#earlyStop.takeBest(this.#epochsReported);
    if (kept === null) return;
    await this.#exclusive(() => trainer.restore({ ...kept.snapshot, step: trainer.step }));
    this.#context.emit({ type: 'bestRestored', run: this.run, epoch: kept.epoch });
  }

  /** The test set is measured once, when a run ends; it never chooses anything. */
  async #finish(trainer: Trainer): Promise<void> {
    await this.#restoreBest(trainer);
    await this.#checkpoints.take(trainer);
    this.#reports.enter('finished', this.#trainer);
    await this.#judgeTest(trainer);
  }

  async #judgeTest(trainer: Trainer): Promise<void> {
    if (this.#start.judgesTest) await this.#evaluate(trainer, 'test');
  }

  #evaluate(trainer: Trainer, set: EvaluationSet): Promise<void> {
    return this.#exclusive(() => this.#judge.set(trainer, set, this.#lifetime.signal));
  }

  /** A run that fails says so once, keeps what it has shown, and takes no more steps. One that found no room holds none any more. */
  async #guarded(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (this.#over || isAbort(error)) return;
      this.#over = true;
      if (error instanceof OutOfMemoryError) await this.#free();
      await this.#reports.fail(error, this.#start);
    }
  }

  async #free(): Promise<void> {
    await this.#exclusive(async () => this.#trainer?.dispose());
    this.#trainer = null;
  }
}
