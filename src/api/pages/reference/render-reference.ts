import { escapeHtml } from '../html';
import type { ShownDocument } from './document';
import { operationAnchor, renderMethod, renderOperation, type PlacedOperation } from './render-operation';
import { renderSchema, schemaAnchor } from './render-schema';

/** Operations by their first tag, both in the order of the document. */
function groupByTag({ paths }: ShownDocument): Map<string, PlacedOperation[]> {
  const groups = new Map<string, PlacedOperation[]>();
  const all = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })));
  for (const operation of all.sort((a, b) => a.path.localeCompare(b.path, 'en'))) {
    const tag = operation.tags[0] ?? 'other';
    groups.set(tag, [...(groups.get(tag) ?? []), operation]);
  }
  return new Map([...groups].sort(([a], [b]) => a.localeCompare(b, 'en')));
}

const renderMenuEntry = ({ operationId, method }: PlacedOperation): string =>
  `<li><a href="#${operationAnchor(escapeHtml(operationId))}">${renderMethod(method)}${escapeHtml(operationId)}</a></li>`;

/** The body of a page that shows everything a document says. Works without scripts: what a link leads to unfolds by itself. */
export function renderReference(document: ShownDocument, links: { document: string; start: string }): string {
  const { info, servers, components } = document;
  const groups = groupByTag(document);
  const schemas = Object.entries(components.schemas ?? {}).sort(([a], [b]) => a.localeCompare(b, 'en'));
  const menu = [...groups].map(([tag, operations]) => `<h3>${escapeHtml(tag)}</h3><ul>${operations.map(renderMenuEntry).join('\n')}</ul>`);
  const sections = [...groups].map(([tag, operations]) => `<h2>${escapeHtml(tag)}</h2>\n${operations.map((operation) => renderOperation(operation, document)).join('\n')}`);
  const schemes = Object.entries(components.securitySchemes ?? {}).map(([name, { in: place, name: field, description = '' }]) =>
    `<tr><td><strong>${escapeHtml(name)}</strong></td><td><code>${escapeHtml(field)}</code> in the ${escapeHtml(place)}</td><td>${escapeHtml(description)}</td></tr>`);
  const shapes = schemas.map(([name, schema]) =>
    `<details><summary><span class="path">${escapeHtml(name)}</span></summary><div class="content" id="${schemaAnchor(escapeHtml(name))}">${renderSchema(schema)}</div></details>`);
  return `<div class="layout">
<nav aria-label="Operations">
<p><a href="${escapeHtml(links.start)}">Start</a> · <a href="#schemas">Schemas</a> · <a href="${escapeHtml(links.document)}">OpenAPI</a></p>
${menu.join('\n')}
</nav>
<main>
<h1>${escapeHtml(info.title)}</h1>
<p class="faint">Version ${escapeHtml(info.version)} · base path <code>${escapeHtml(servers[0]?.url ?? '/')}</code> · <a href="${escapeHtml(links.document)}">OpenAPI document</a></p>
<p>${escapeHtml(info.description ?? '')}</p>
<h2>Credentials</h2>
<div class="scroll"><table><tbody>${schemes.join('\n')}</tbody></table></div>
${sections.join('\n')}
<h2 id="schemas">Schemas</h2>
${shapes.join('\n')}
</main>
</div>`;
}
