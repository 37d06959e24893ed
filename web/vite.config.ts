// The build: Vite with three small transforms of our own, and the worker of the installed app (scripts/worker-plugin.mjs).
// - catalogues: i18n JSON is compiled to Lingui's message form here, so that no parser ships to the browser;
// - strict policy: two writes inside React Aria and one inside ECharts are refused by the server's content policy (Trusted
//   Types, no inline style); they are rewritten to their equal without markup;
// - locales: React Aria's own strings are kept for zh-CN and en-US only.
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { codeSplitting, early } from './scripts/chunks.mjs';
import { brotli } from './scripts/brotli-plugin.mjs';
import { worker } from './scripts/worker-plugin.mjs';
import { pseudoMessage } from './scripts/pseudo.mjs';

const isPseudo = process.env.SHANGDAO_PSEUDO === '1';

const catalogues: Plugin = {
  name: 'shangdao-catalogues',
  enforce: 'pre',
  transform(source, id) {
    if (!/\/src\/i18n\/(more\/)?(zh-CN|en)\/[a-z-]+\.json$/.test(id)) return null;
    const messages = JSON.parse(source) as Record<string, string>;
    const compiled = Object.fromEntries(
      // Always the array form: Lingui takes a bare string for a message nobody compiled.
      Object.entries(messages).map(([key, text]) => {
        const tokens = compileMessage(text);
        return [key, isPseudo && /\/en\//.test(id) ? pseudoMessage(tokens as never) : tokens];
      }),
    );
    return { code: `export default ${JSON.stringify(compiled)}`, map: null, moduleType: 'js' };
  },
};

const strictPolicy: Plugin = {
  name: 'shangdao-strict-policy',
  enforce: 'pre',
  transform(source, id) {
    if (/\/zrender\/.*\/svg\/Painter\./.test(id)) {
      return { code: source.replace(/(\w+(?:\.\w+)*)\.innerHTML = (?:''|null);?/g, '$1.replaceChildren();'), map: null };
    }
    if (!id.includes('/react-aria/')) return null;
    if (id.includes('LiveAnnouncer')) {
      return { code: source.replace(/\.innerHTML = ''/g, '.replaceChildren()'), map: null };
    }
    if (id.includes('/usePress.')) {
      // The same rule stands in styles/base.css.
      return { code: source.replace('ownerDocument.head.prepend(style);', ''), map: null };
    }
    return null;
  },
};

// A class keeps its name and gets four signs of its file's path: they repeat, so that a browser fetches less than of a hash each.
const marks = new Map<string, string>();
function scopedName(name: string, file: string): string {
  const path = relative(import.meta.dirname, file.split('?')[0] as string);
  const mark = createHash('sha256').update(path).digest('base64url').slice(0, 4);
  if ((marks.get(mark) ?? path) !== path) throw new Error(`${path} and ${marks.get(mark)} have the same mark ${mark}`);
  marks.set(mark, path);
  return `${name}-${mark}`;
}

const server = process.env.SHANGDAO_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [
    { ...optimizeLocales.vite({ locales: ['zh-CN', 'en-US'] }), enforce: 'pre' } as Plugin,
    catalogues,
    strictPolicy,
    react(),
    early as Plugin,
    worker as Plugin,
    brotli as Plugin,
  ],
  css: { modules: { generateScopedName: scopedName } },
  build: {
    outDir: 'dist',
    target: ['chrome87', 'safari14'],
    cssTarget: ['chrome87', 'safari14'],
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting } },
  },
  server: { proxy: { '/api': server } },
});
