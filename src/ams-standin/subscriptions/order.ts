import { searchFields } from './fields';
import { SearchError } from './search-error';

/**
 * Translates `order` (`display_name desc, created_at`) to an ORDER BY list; always ends with the id, so that pages
 * never overlap. Without an order: oldest first. Throws SearchError for an unknown field or direction.
 */
export function toSqlOrder(order: string | undefined): string {
  const parts: string[] = [];
  for (const item of (order ?? '').split(',')) {
    const [name, direction, ...rest] = item.trim().split(/\s+/);
    if (name === undefined || name === '') continue;
    const field = searchFields.get(name.toLowerCase());
    const way = (direction ?? 'asc').toLowerCase();
    if (field === undefined) throw new SearchError('order names an unknown field');
    if ((way !== 'asc' && way !== 'desc') || rest.length > 0) throw new SearchError('order knows asc and desc only');
    parts.push(`${field.sql} ${way.toUpperCase()}`);
  }
  if (parts.length === 0) parts.push('s.created_at ASC');
  return [...parts, 's.id ASC'].join(', ');
}
