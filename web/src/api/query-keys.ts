// Keys of the query cache, so that live updates find what they touch.
export const keys = {
  session: ['session'] as const,
  describe: ['describe'] as const,
  definitions: ['definitions'] as const,
  object: (plural: string) => ['records', plural] as const,
  list: (plural: string, ask: unknown) => ['records', plural, 'list', ask] as const,
  lists: (plural: string) => ['records', plural, 'list'] as const,
  board: (plural: string, ask: unknown) => ['records', plural, 'board', ask] as const,
  record: (plural: string, id: string) => ['records', plural, 'one', id] as const,
  process: (plural: string, id: string) => ['records', plural, 'one', id, 'process'] as const,
  timeline: (plural: string, id: string) => ['records', plural, 'one', id, 'timeline'] as const,
  history: (plural: string, id: string, ask: unknown) => ['records', plural, 'one', id, 'history', ask] as const,
  search: (q: string, objects: string) => ['search', q, objects] as const,
  formula: (object: string, text: string) => ['formula', object, text] as const,
  job: (id: string) => ['job', id] as const,
};
