// SPDX-License-Identifier: Apache-2.0
/** Uploads rasters and tables to the GPU, and keeps them while there is room. */
import {identity, Memo} from './memo.js';
import type {Table} from './operation.js';
import type {DecodedRaster} from './raster.js';

interface Upload {
  readonly internalFormat: number;
  readonly format: number;
  readonly type: number;
  readonly width: number;
  readonly height: number;
  readonly data: ArrayBufferView;
}

interface Texture {
  readonly texture: WebGLTexture;
  readonly bytes: number;
}

/** Columns of a texture that holds a table; entry i is in column i % 256. */
const tableWidth = 256;

/** Rasters and tables on the GPU, each uploaded once and kept while there is room. All are fetched texel by texel. */
export class Textures {
  readonly #kept: Memo<Texture>;
  readonly #largest: number;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly maxBytes: number,
  ) {
    this.#largest = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    this.#kept = new Memo(
      maxBytes,
      ({bytes}) => bytes,
      ({texture}) => gl.deleteTexture(texture),
    );
  }

  /** Whether these fit at once, with room for tables: a texture in use must not go to make room for the next. */
  fits(rasters: readonly DecodedRaster[]): boolean {
    const bytes = rasters.reduce((sum, {data}) => sum + data.byteLength, 0);
    return (
      bytes <= this.maxBytes / 2 &&
      rasters.every(({width, height}) => width <= this.#largest && height <= this.#largest)
    );
  }

  /** Stored integers, as they are; of numbers the bits, because not every GPU keeps a NaN or the smallest numbers. */
  raster(raster: DecodedRaster): WebGLTexture {
    return this.#texture(String(identity(raster)), () => this.#describe(raster));
  }

  #describe(raster: DecodedRaster): Upload {
    const {gl} = this;
    const {width, height, channels} = raster;
    const format = [gl.RED_INTEGER, gl.RG_INTEGER, gl.RGB_INTEGER, gl.RGBA_INTEGER][channels - 1]!;
    const upload = {format, width, height};
    switch (raster.bits) {
      case 8: {
        const internalFormat = [gl.R8UI, gl.RG8UI, gl.RGB8UI, gl.RGBA8UI][channels - 1]!;
        return {...upload, internalFormat, type: gl.UNSIGNED_BYTE, data: raster.data};
      }
      case 16: {
        const internalFormat = [gl.R16UI, gl.RG16UI, gl.RGB16UI, gl.RGBA16UI][channels - 1]!;
        return {...upload, internalFormat, type: gl.UNSIGNED_SHORT, data: raster.data};
      }
      case 32: {
        const {buffer, byteOffset, length} = raster.data;
        const data = new Uint32Array(buffer, byteOffset, length);
        return {...upload, internalFormat: gl.R32UI, type: gl.UNSIGNED_INT, data};
      }
    }
  }

  table(table: Table): WebGLTexture {
    const {gl} = this;
    switch (table.type) {
      case 'colors':
        return this.#colors(table.tables);
      case 'tones':
        return this.#texture(String(identity(table.table)), () =>
          tableUpload(gl.R8, gl.RED, gl.UNSIGNED_BYTE, table.table),
        );
      case 'labels':
        return this.#texture(String(identity(table.table)), () =>
          tableUpload(gl.R32UI, gl.RED_INTEGER, gl.UNSIGNED_INT, table.table),
        );
      case 'values':
        return this.#texture(`values ${table.key}`, () =>
          tableUpload(gl.R32F, gl.RED, gl.FLOAT, table.values()),
        );
    }
  }

  /** Rows of indices. */
  map(key: string, width: number, indices: () => Uint16Array): WebGLTexture {
    const {gl} = this;
    return this.#texture(`map ${key}`, () => {
      const data = indices();
      const height = data.length / width;
      return {
        internalFormat: gl.R16UI,
        format: gl.RED_INTEGER,
        type: gl.UNSIGNED_SHORT,
        width,
        height,
        data,
      };
    });
  }

  clear(): void {
    this.#kept.clear();
  }

  /** Those of every table after those of the one before. */
  #colors(tables: readonly Uint32Array[]): WebGLTexture {
    const {gl} = this;
    return this.#texture(tables.map(identity).join(), () => {
      const entries = tables.reduce((sum, {length}) => sum + length, 0);
      const bytes = new Uint8Array(4 * entries);
      let at = 0;
      for (const {buffer, byteOffset, byteLength} of tables) {
        bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
        at += byteLength;
      }
      return tableUpload(gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, bytes, entries);
    });
  }

  #texture(key: string, describe: () => Upload): WebGLTexture {
    return this.#kept.get(key, () => this.#upload(describe())).texture;
  }

  #upload({internalFormat, format, type, width, height, data}: Upload): Texture {
    const {gl} = this;
    const texture = gl.createTexture();
    // The last unit is never drawn with, so uploading disturbs no binding.
    gl.activeTexture(gl.TEXTURE0 + maxUnits);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.texImage2D(gl.TEXTURE_2D, 0, internalFormat, width, height, 0, format, type, data);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    return {texture, bytes: data.byteLength};
  }
}

function tableUpload(
  internalFormat: number,
  format: number,
  type: number,
  data: Uint8Array | Uint32Array | Float32Array,
  entries = data.length,
): Upload {
  if (entries % tableWidth !== 0) {
    throw new Error(`got a table of ${entries} entries, want a multiple of ${tableWidth}`);
  }
  return {internalFormat, format, type, width: tableWidth, height: entries / tableWidth, data};
}

/** Texture units for a draw; every WebGL 2 has one more. */
export const maxUnits = 15;
