// Writes dist/sw.js: src/app/sw.js with the list of the app's files, known once the build has named them. Its version is a hash
// of that list and of the page, so that it changes when anything does.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const source = new URL('../src/app/sw.js', import.meta.url);
const beside = ['/icon.svg', '/icon-192.png', '/manifest.webmanifest'];
// What a phone without a line does not need: charts, the import and the set-up. They are kept once they were used.
const rare = /\/(chart|engine|funnel|import|setup|undo-dialog)[^/]*\.(js|css)$/;

export function precached(names) {
  const own = names.filter((name) => /\.(js|css|woff2)$/.test(name)).map((name) => `/${name}`);
  return ['/index.html', ...beside, ...own.filter((name) => !rare.test(name))].sort();
}

export const worker = {
  name: 'shangdao-worker',
  apply: 'build',
  enforce: 'post',
  generateBundle(_, bundle) {
    const files = precached(Object.keys(bundle));
    const page = String(bundle['index.html']?.source ?? '');
    const text = readFileSync(source, 'utf8');
    const version = createHash('sha256')
      .update(text + files.join() + page)
      .digest('hex')
      .slice(0, 12);
    const filled = text
      .replace("'__VERSION__'", JSON.stringify(version))
      .replace("['__FILES__']", JSON.stringify(files, null, 2));
    this.emitFile({ type: 'asset', fileName: 'sw.js', source: filled });
  },
};
