// Small things kept on this device, in IndexedDB: they outlive the page, the browser and a dead battery.
const name = 'shangdao';
const shelves = ['outbox', 'last-seen'] as const;
export type Shelf = (typeof shelves)[number];

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, failed) => {
    const asked = indexedDB.open(name, 1);
    asked.addEventListener('upgradeneeded', () => {
      for (const shelf of shelves) asked.result.createObjectStore(shelf);
    });
    asked.addEventListener('success', () => done(asked.result));
    asked.addEventListener('error', () => failed(asked.error));
  });
  // A refusal is not for ever: the next one asks again.
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

async function ask<T>(
  shelf: Shelf,
  mode: IDBTransactionMode,
  what: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const work = (await database()).transaction(shelf, mode);
  const request = what(work.objectStore(shelf));
  // Done is what is on the disk, not what was asked for.
  await new Promise<void>((done, failed) => {
    work.addEventListener('complete', () => done());
    work.addEventListener('abort', () => failed(work.error));
  });
  return request.result;
}

export const takeAll = <T>(shelf: Shelf): Promise<T[]> =>
  ask(shelf, 'readonly', (store) => store.getAll() as IDBRequest<T[]>);
export const take = <T>(shelf: Shelf, key: string): Promise<T | undefined> =>
  ask(shelf, 'readonly', (store) => store.get(key) as IDBRequest<T | undefined>);
export const keep = (shelf: Shelf, key: string, value: unknown): Promise<unknown> =>
  ask(shelf, 'readwrite', (store) => store.put(value, key));
export const drop = (shelf: Shelf, key: string): Promise<unknown> =>
  ask(shelf, 'readwrite', (store) => store.delete(key));
export const empty = (shelf: Shelf): Promise<unknown> => ask(shelf, 'readwrite', (store) => store.clear());
