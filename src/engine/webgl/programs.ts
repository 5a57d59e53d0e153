import { GpuLostError } from '../gpu-lost-error.ts';
/** A program and where its uniforms are; null where one is not used. */
export interface Program {
  readonly handle: WebGLProgram;
  readonly locations: Map<string, WebGLUniformLocation | null>;
}

/** One triangle that covers everything. */
const VERTEX_SHADER = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

const FRAGMENT_HEADER = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;
precision highp sampler2DArray;
precision highp usampler2DArray;
`;

/** The compiled kernels of a context, each compiled once. Their status is never queried before they are done. */
export class Programs {
  readonly #gl: WebGL2RenderingContext;
  readonly #vertexShader: WebGLShader;
  readonly #bySource = new Map<string, Program>();
  readonly #parallel: KHR_parallel_shader_compile | null;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#parallel = gl.getExtension('KHR_parallel_shader_compile');
    this.#vertexShader = compile(gl, gl.VERTEX_SHADER, VERTEX_SHADER);
  }

  /** The program of a fragment shader's source; starts to compile it without waiting where it is new. */
  of(source: string): Program {
    const known = this.#bySource.get(source);
    if (known) return known;
    const gl = this.#gl;
    const handle = gl.createProgram();
    const fragmentShader = compile(gl, gl.FRAGMENT_SHADER, FRAGMENT_HEADER + source);
    gl.attachShader(handle, this.#vertexShader);
    gl.attachShader(handle, fragmentShader);
    gl.linkProgram(handle);
    // The shader is deleted together with the program.
    gl.deleteShader(fragmentShader);
    const program = { handle, locations: new Map<string, WebGLUniformLocation | null>() };
    this.#bySource.set(source, program);
    return program;
  }

  /**
   * Whether all programs so far are done; true where the browser does not tell: it then waits when a program is first
   * used.
   */
  get compiled(): boolean {
    if (this.#parallel === null) return true;
    const status = this.#parallel.COMPLETION_STATUS_KHR;
    return [...this.#bySource.values()].every(({ handle }) => this.#gl.getProgramParameter(handle, status) === true);
  }

  /** Where a uniform is; null where it is not used. An Error with the compiler's message where the program is faulty. */
  location(program: Program, name: string): WebGLUniformLocation | null {
    const known = program.locations.get(name);
    if (known !== undefined) return known;
    const location = this.#gl.getUniformLocation(program.handle, name);
    if (location === null) this.#explain(program);
    program.locations.set(name, location);
    return location;
  }

  dispose(): void {
    for (const { handle } of this.#bySource.values()) this.#gl.deleteProgram(handle);
    this.#bySource.clear();
    this.#gl.deleteShader(this.#vertexShader);
  }

  /** Throws the compiler's message where a program did not link; a uniform that is merely unused is no error. */
  #explain({ handle }: Program): void {
    const gl = this.#gl;
    if (gl.getProgramParameter(handle, gl.LINK_STATUS) === true || gl.isContextLost()) return;
    const logs = gl.getAttachedShaders(handle)?.map((shader) => gl.getShaderInfoLog(shader)) ?? [];
    throw new Error(`A kernel does not compile here: ${[gl.getProgramInfoLog(handle), ...logs].join(' ')}`);
  }
}

function compile(gl: WebGL2RenderingContext, type: GLenum, source: string): WebGLShader {
  const shader = gl.createShader(type);
  if (shader === null) throw new GpuLostError();
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}
