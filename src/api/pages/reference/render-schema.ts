import { escapeHtml } from '../html';
import type { ShownSchema } from './document';

const nameOf = (ref: string): string => ref.split('/').at(-1) ?? '';
export const schemaAnchor = (name: string): string => `schema-${name}`;

const code = (value: unknown): string => `<code>${escapeHtml(typeof value === 'string' && value !== '' ? value : JSON.stringify(value))}</code>`;

/** What values of a schema are, in a phrase; a named schema is a link. */
export function renderType(schema: ShownSchema): string {
  if (schema.$ref !== undefined) {
    const name = escapeHtml(nameOf(schema.$ref));
    return `<a href="#${schemaAnchor(name)}">${name}</a>`;
  }
  if (schema.allOf) {
    const parts = schema.allOf.filter((part) => Object.keys(part).some((key) => key !== 'nullable'));
    return `${parts.map(renderType).join(' with ')}${schema.allOf.some((part) => part.nullable) ? ' or null' : ''}`;
  }
  const nullable = schema.nullable ? ' or null' : '';
  if (schema.type === 'array') return `list of ${renderType(schema.items ?? {})}${nullable}`;
  if (typeof schema.additionalProperties === 'object') return `map from string to ${renderType(schema.additionalProperties)}${nullable}`;
  return `${escapeHtml(schema.type ?? 'any value')}${schema.format === undefined ? '' : ` (${escapeHtml(schema.format)})`}${nullable}`;
}

/** Rules beyond the type; empty when there are none. */
export function renderRules(schema: ShownSchema): string {
  const rules = [
    schema.description && escapeHtml(schema.description),
    schema.enum && `One of ${schema.enum.filter((value) => value !== null).map(code).join(', ')}.`,
    schema.items?.enum && `Each one of ${schema.items.enum.map(code).join(', ')}.`,
    schema.default !== undefined && `Default ${code(schema.default)}.`,
    schema.minimum !== undefined && `At least ${schema.minimum}.`,
    schema.maximum !== undefined && `At most ${schema.maximum}.`,
    schema.minLength !== undefined && `At least ${schema.minLength} characters.`,
    schema.maxLength !== undefined && `At most ${schema.maxLength} characters.`,
    schema.pattern !== undefined && `Matches ${code(schema.pattern)}.`,
  ];
  return rules.filter((rule) => rule).join(' ');
}

/** The properties of an object that has no name of its own, however deep it lies in lists. */
function findInline(schema: ShownSchema): ShownSchema | undefined {
  if (schema.properties) return schema;
  return schema.items && findInline(schema.items);
}

export const requiredMark = (required: boolean): string => (required ? '<span class="required">required</span>' : '');

/** A table of an object's properties; for anything else its type and rules. */
export function renderSchema(schema: ShownSchema): string {
  if (schema.allOf) return schema.allOf.map(renderSchema).join('\n');
  if (!schema.properties) return `<p>${renderType(schema)} <span class="faint">${renderRules(schema)}</span></p>`;
  const rows = Object.entries(schema.properties).map(([name, property]) => {
    const inline = findInline(property);
    return `<tr><td><code>${escapeHtml(name)}</code>${requiredMark(schema.required?.includes(name) ?? false)}</td><td>${renderType(property)}</td>`
      + `<td>${renderRules(property)}${inline ? renderSchema(inline) : ''}</td></tr>`;
  });
  if (rows.length === 0) return '<p>An object without properties.</p>';
  return `<div class="scroll"><table><thead><tr><th>Property</th><th>Type</th><th>Rules</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}
