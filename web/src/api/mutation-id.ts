// Every unsafe request carries a key of its own; live updates echo it, so this tab knows which news it made itself.
const mine = new Set<string>();

export function newMutationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  mine.add(id);
  if (mine.size > 500) mine.delete(mine.values().next().value as string);
  return id;
}

export function isMine(id: string | null | undefined): boolean {
  return !!id && mine.has(id);
}
