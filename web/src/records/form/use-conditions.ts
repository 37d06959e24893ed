// What an organisation ties to fields by formulas: the server says which of them this form leaves out and asks for, with what
// stands in it now.
import { useQuery } from '@tanstack/react-query';
import { post } from '../../api/client.ts';
import { keys } from '../../api/query-keys.ts';
import type { Field, Id, ObjectDef } from '../../api/types.ts';
import { useRested } from '../../lib/debounce.ts';

export type Conditions = { hidden: readonly string[]; required: readonly string[] };
const none: Conditions = { hidden: [], required: [] };

export function useConditions(
  object: ObjectDef,
  values: { [name: string]: unknown },
  record?: { id: Id; version: number },
): Conditions {
  const body = useRested(JSON.stringify({ ...(record && { id: record.id }), values }), 200);
  const found = useQuery({
    queryKey: [...keys.object(object.plural), 'form', body, record?.version],
    queryFn: () => post<Conditions>(`/${object.plural}/form`, JSON.parse(body)),
    enabled: object.conditional === true,
    placeholderData: (old) => old,
    retry: false,
  });
  return found.data ?? none;
}

// The fields as the conditions have them.
export const withConditions = (fields: Field[], { hidden, required }: Conditions): Field[] =>
  fields
    .filter((field) => !hidden.includes(field.name))
    .map((field) => (required.includes(field.name) ? { ...field, required: true } : field));
