import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const SMALLEST_BYTES = 1024;
const TEXT = /\.(js|css|html|svg|json)$/;

const brotli = (bytes: Buffer) =>
  promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
const gzipped = (bytes: Buffer) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION });

/**
 * Writes `name.br` and `name.gz` beside each text of the build, so that a phone gets bytes that were made small once,
 * ahead of time; `api/encodings.py` serves them. Browsers ask for brotli over TLS alone, so gzip is there as well.
 */
export function packed(): Plugin {
  return {
    name: 'yunge-packed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        await Promise.all(
          Object.values(bundle).map(async (part) => {
            const bytes = Buffer.from(part.type === 'chunk' ? part.code : part.source);
            if (!TEXT.test(part.fileName) || bytes.length < SMALLEST_BYTES) return;
            this.emitFile({ type: 'asset', fileName: `${part.fileName}.br`, source: await brotli(bytes) });
            this.emitFile({ type: 'asset', fileName: `${part.fileName}.gz`, source: await gzipped(bytes) });
          }),
        );
      },
    },
  };
}
