import type { GlCounts } from './gl-counter.ts';

/** Wraps WebGPU in this worker, before anybody has a device, and returns the counts so far when called; draws are dispatches. */
export function countWebgpuCalls(): () => GlCounts {
  const counts = { draws: 0, uploads: 0, readbacks: 0, bytes: 0 };
  const pass = GPUComputePassEncoder.prototype;
  pass.dispatchWorkgroups = noting(pass.dispatchWorkgroups, () => counts.draws++);
  const queue = GPUQueue.prototype;
  queue.writeBuffer = noting(queue.writeBuffer, () => counts.uploads++);
  const buffer = GPUBuffer.prototype;
  buffer.mapAsync = noting(buffer.mapAsync, () => counts.readbacks++);
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    counts.bytes += descriptor.size;
    return createBuffer.call(this, descriptor);
  };
  const { destroy } = buffer;
  buffer.destroy = function () {
    counts.bytes -= this.size;
    return destroy.call(this);
  };
  return () => ({ ...counts });
}

/** The same method, which says when it is called. */
function noting<Method extends (...args: never[]) => unknown>(method: Method, note: () => void): Method {
  return new Proxy(method, {
    apply: (target, self, args) => {
      note();
      return Reflect.apply(target, self, args);
    },
  });
}
