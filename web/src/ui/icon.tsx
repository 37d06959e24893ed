// Icons that definitions and navigation name by word. Others are imported where they are used.
import {
  Boxes,
  Building2,
  CalendarCheck,
  Contact,
  Filter,
  FileUp,
  Handshake,
  House,
  type LucideIcon,
  Package,
  Paperclip,
  Settings,
  Sprout,
  Square,
  StickyNote,
  Target,
  UserPlus,
  Users,
} from 'lucide-react';

const icons: { [name: string]: LucideIcon } = {
  lead: UserPlus,
  sprout: Sprout,
  'user-plus': UserPlus,
  deal: Handshake,
  handshake: Handshake,
  account: Building2,
  building: Building2,
  'building-2': Building2,
  'calendar-check': CalendarCheck,
  'user-round': Users,
  note: StickyNote,
  'sticky-note': StickyNote,
  attachment: Paperclip,
  paperclip: Paperclip,
  contact: Contact,
  activity: CalendarCheck,
  product: Package,
  package: Package,
  member: Users,
  users: Users,
  funnel: Filter,
  today: House,
  target: Target,
  import: FileUp,
  settings: Settings,
  custom: Boxes,
};

export function Icon({ name, also, size = 16 }: { name?: string; also?: string; size?: number }) {
  const Shape = icons[name ?? ''] ?? icons[also ?? ''] ?? Square;
  return <Shape size={size} strokeWidth={1.75} aria-hidden="true" />;
}
