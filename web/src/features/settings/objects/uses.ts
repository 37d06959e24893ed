// What other definitions say of a field: gates of processes, rights of roles.
import type { Field, ObjectDef, RecordData, Reference } from '../../../api/types.ts';
import { t } from '../../../i18n/i18n.ts';

type Found = { gates: string[]; roles: string[] };
type Sources = { roles: RecordData[]; versions: RecordData[]; processes: RecordData[] };

const mentions = (text: string, name: string): boolean => new RegExp(`(^|[^a-z0-9_.])${name}($|[^a-z0-9_])`).test(text);

export function fieldUses(object: ObjectDef, field: Field, { roles, versions, processes }: Sources): Found {
  const active = new Set(
    processes
      .filter((process) => process.runs_on === object.name)
      .map((process) => (process.active_version as Reference | null)?.id),
  );
  const gates = versions
    .filter((version) => active.has(version.id) && mentions(checksOf(String(version.document ?? '')), field.name))
    .map((version) => String(version.name ?? ''));
  const limited = roles.flatMap((role) => {
    const level = levelOf(String(role.rights ?? ''), object.name, field.name);
    return level
      ? [t('settings.uses.role', { role: String(role.name ?? ''), level: t(`settings.level.${level}`) })]
      : [];
  });
  return { gates, roles: limited };
}

// The checks alone: a field's name may also be a word of a goal or a task.
function checksOf(document: string): string {
  try {
    const { stages = [] } = JSON.parse(document) as { stages?: { entry?: unknown[]; exit?: unknown[] }[] };
    return stages
      .flatMap((stage) => [...(stage.entry ?? []), ...(stage.exit ?? [])] as { field?: string; check?: string }[])
      .map((check) => check.field ?? check.check ?? '')
      .join('\n');
  } catch {
    return '';
  }
}

const levels = ['hidden', 'masked', 'read'] as const;
function levelOf(rights: string, object: string, field: string): (typeof levels)[number] | undefined {
  try {
    const { objects = {} } = JSON.parse(rights) as {
      objects?: { [name: string]: { fields?: { [name: string]: string } } };
    };
    const level = (objects[object] ?? objects['*'])?.fields?.[field];
    return levels.find((one) => one === level);
  } catch {
    return undefined;
  }
}
