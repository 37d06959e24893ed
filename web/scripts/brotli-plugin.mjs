// Beside each script and style the build leaves it in brotli as x.js.br, which the server sends to whoever takes that. Only what has a hash
// in its name: what goes by one name may be replaced by hand, and then its brotli would be of the old one.
import { brotliCompressSync, constants } from 'node:zlib';

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY } = constants;

export const brotli = {
  name: 'shangdao-brotli',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const { fileName, code, source } of Object.values(bundle)) {
        if (!/^assets\/.*\.(js|css)$/.test(fileName)) continue;
        const bytes = Buffer.from(code ?? source);
        const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
        this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(bytes, { params }) });
      }
    },
  },
};
