// SPDX-License-Identifier: Apache-2.0
/** A linked WebGL program and its uniforms. */

/** A linked shader with its uniforms by name. Names that the compiler found unused are ignored. */
export class Program {
  readonly #program: WebGLProgram;
  readonly #locations = new Map<string, WebGLUniformLocation | null>();
  readonly #units = new Map<WebGLTexture, number>();

  constructor(
    private readonly gl: WebGL2RenderingContext,
    vertexSource: string,
    fragmentSource: string,
  ) {
    this.#program = gl.createProgram();
    for (const [type, source] of [
      [gl.VERTEX_SHADER, vertexSource],
      [gl.FRAGMENT_SHADER, fragmentSource],
    ] as const) {
      const shader = gl.createShader(type)!;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.#program, shader);
      // It lives on in the program.
      gl.deleteShader(shader);
    }
    gl.linkProgram(this.#program);
    if (gl.getProgramParameter(this.#program, gl.LINK_STATUS) !== true && !gl.isContextLost()) {
      const logs = (gl.getAttachedShaders(this.#program) ?? []).map((shader) =>
        gl.getShaderInfoLog(shader),
      );
      throw new Error([gl.getProgramInfoLog(this.#program), ...logs].filter(Boolean).join('\n'));
    }
  }

  use(): void {
    this.gl.useProgram(this.#program);
    this.#units.clear();
  }

  int(name: string, ...values: readonly number[]): void {
    this.gl[
      (['uniform1iv', 'uniform2iv', 'uniform3iv', 'uniform4iv'] as const)[values.length - 1]!
    ](this.#location(name), values);
  }

  float(name: string, ...values: readonly number[]): void {
    this.gl[
      (['uniform1fv', 'uniform2fv', 'uniform3fv', 'uniform4fv'] as const)[values.length - 1]!
    ](this.#location(name), values);
  }

  texture(name: string, texture: WebGLTexture): void {
    let unit = this.#units.get(texture);
    if (unit === undefined) {
      unit = this.#units.size;
      this.#units.set(texture, unit);
      this.gl.activeTexture(this.gl.TEXTURE0 + unit);
      this.gl.bindTexture(this.gl.TEXTURE_2D, texture);
    }
    this.int(name, unit);
  }

  #location(name: string): WebGLUniformLocation | null {
    let location = this.#locations.get(name);
    if (location === undefined) {
      location = this.gl.getUniformLocation(this.#program, name);
      this.#locations.set(name, location);
    }
    return location;
  }
}
