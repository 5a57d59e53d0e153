import { ModuleWriter } from './assembler.ts';
import { drop, f32, f32x4, i32, v128 } from './code.ts';

const MEMORY = { initial: 1, maximum: 1, shared: false };

function isValid(fused: boolean): boolean {
  const module = new ModuleWriter({ fused });
  const one = v128.splat(f32.const(1));
  module.add('probe', [], () => drop(fused ? f32x4.relaxedMadd(one, one, one) : v128.load(i32.const(0))));
  return WebAssembly.validate(module.assemble(MEMORY));
}

/** Whether the browser has vectors of four floats: all since 2021 (Safari since 2023). */
export function supportsVectors(): boolean {
  return typeof WebAssembly !== 'undefined' && isValid(false);
}

/** Whether it multiplies and adds in one instruction: Chrome and Edge since 2023. */
export function supportsFusedMultiplyAdd(): boolean {
  return isValid(true);
}

/** Whether threads may share memory: only in a page that is isolated from other origins. */
export function supportsThreads(): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated === true;
}
