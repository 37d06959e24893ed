// The pictures of what can be done, for the parts that list it: they load later than the navigation and its own (icon.tsx).
import {
  ArchiveRestore,
  Download,
  Eraser,
  GitCompare,
  Keyboard,
  Languages,
  Link,
  LogOut,
  type LucideIcon,
  Mail,
  MapPin,
  MessageCircle,
  PanelLeft,
  PanelRight,
  Phone,
  Plus,
  Printer,
  Search,
  Share2,
  Star,
  SunMoon,
  Trash2,
  Undo2,
  Zap,
} from 'lucide-react';
import { Icon } from './icon.tsx';

const icons: { [name: string]: LucideIcon } = {
  plus: Plus,
  verb: Zap,
  compare: GitCompare,
  link: Link,
  share: Share2,
  peek: PanelRight,
  print: Printer,
  follow: Star,
  delete: Trash2,
  erase: Eraser,
  take_out: Download,
  bin: ArchiveRestore,
  phone: Phone,
  mail: Mail,
  visit: MapPin,
  chat: MessageCircle,
  search: Search,
  theme: SunMoon,
  language: Languages,
  keyboard: Keyboard,
  sidebar: PanelLeft,
  undo: Undo2,
  'sign-out': LogOut,
};

export function ActionIcon({ name, size = 16 }: { name?: string; size?: number }) {
  const Shape = icons[name ?? ''];
  if (!Shape) return <Icon name={name} also="custom" size={size} />;
  return <Shape size={size} strokeWidth={1.75} aria-hidden="true" />;
}
