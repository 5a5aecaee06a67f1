import { escapeHtml } from '../html';
import type { ShownDocument, ShownOperation, ShownParameter, ShownSchema } from './document';
import { renderRules, renderSchema, renderType, requiredMark } from './render-schema';

/** An operation with the place where it is called. */
export interface PlacedOperation extends ShownOperation {
  method: string;
  path: string;
}

export const operationAnchor = (operationId: string): string => `operation-${operationId}`;
export const renderMethod = (method: string): string => `<span class="badge ${escapeHtml(method)}">${escapeHtml(method)}</span>`;

function renderSecurity({ security }: PlacedOperation, { components }: ShownDocument): string {
  const ways = security.flatMap((requirement) => Object.entries(requirement)).map(([name, roles]) => {
    const scheme = components.securitySchemes?.[name];
    const place = scheme ? `<code>${escapeHtml(scheme.name)}</code> in the ${escapeHtml(scheme.in)}` : escapeHtml(name);
    const who = roles.length === 0 ? '' : `; roles ${roles.map((role) => `<code>${escapeHtml(role)}</code>`).join(', ')}`;
    return `<li><strong>${escapeHtml(name)}</strong>: ${place}${who}</li>`;
  });
  return ways.length === 0 ? '<p>Open to everybody.</p>' : `<p>${ways.length > 1 ? 'One of these:' : ''}</p><ul>${ways.join('')}</ul>`;
}

function renderParameters(parameters: readonly ShownParameter[]): string {
  const rows = parameters.map(({ name, in: place, required, description, schema }) =>
    `<tr><td><code>${escapeHtml(name)}</code>${requiredMark(required ?? false)}</td><td>${escapeHtml(place)}</td><td>${renderType(schema)}</td>`
    + `<td>${description === undefined ? '' : `${escapeHtml(description)} `}${renderRules(schema)}</td></tr>`);
  return `<div class="scroll"><table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>Rules</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function renderBody({ required, content }: NonNullable<ShownOperation['requestBody']>, { components }: ShownDocument): string {
  return Object.entries(content).map(([type, { schema }]) => {
    const named: ShownSchema | undefined = schema.$ref === undefined ? undefined : components.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
    return `<p><code>${escapeHtml(type)}</code> ${renderType(schema)}${requiredMark(required ?? false)}</p>${named ? renderSchema(named) : schema.properties ? renderSchema(schema) : ''}`;
  }).join('\n');
}

function renderAnswers({ responses }: PlacedOperation): string {
  const rows = Object.entries(responses).map(([status, { description, content }]) => {
    const types = Object.entries(content ?? {}).map(([type, { schema }]) => `${renderType(schema)} <span class="faint">${escapeHtml(type)}</span>`);
    return `<tr><td><code>${escapeHtml(status)}</code></td><td>${types.join('<br>') || '<span class="faint">no body</span>'}</td><td>${escapeHtml(description)}</td></tr>`;
  });
  return `<div class="scroll"><table><thead><tr><th>Status</th><th>Body</th><th>Meaning</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** All about an operation, folded under its method and path. */
export function renderOperation(operation: PlacedOperation, document: ShownDocument): string {
  const { method, path, operationId, summary = '', parameters = [], requestBody } = operation;
  return `<details>
<summary>${renderMethod(method)}<span class="path">${escapeHtml(path)}</span><span class="faint">${escapeHtml(summary)}</span></summary>
<div class="content" id="${operationAnchor(escapeHtml(operationId))}">
<p class="faint">Operation <code>${escapeHtml(operationId)}</code></p>
<h3>Credentials</h3>
${renderSecurity(operation, document)}
${parameters.length > 0 ? `<h3>Parameters</h3>\n${renderParameters(parameters)}` : ''}
${requestBody ? `<h3>Body</h3>\n${renderBody(requestBody, document)}` : ''}
<h3>Answers</h3>
${renderAnswers(operation)}
</div>
</details>`;
}
