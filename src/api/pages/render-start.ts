import { escapeHtml } from './html';

/** The body of the page at the root: what this server is, and where to go on. */
export function renderStart(service: { title: string; version: string; description: string }, basePath: string): string {
  const links = [
    [`${basePath}/docs`, 'API reference', 'operations, parameters, bodies and answers'],
    [`${basePath}/openapi`, 'OpenAPI document', 'the same for programs'],
    ['/ready', 'Readiness', 'whether requests are served, and why not'],
    ['/health', 'Health', 'whether the process runs'],
    ['/metrics', 'Metrics', 'figures in the format of Prometheus'],
  ] as const;
  return `<main class="start">
<h1>${escapeHtml(service.title)}</h1>
<p class="faint">Version ${escapeHtml(service.version)}</p>
<p>${escapeHtml(service.description)}</p>
<dl>${links.map(([path, name, what]) => `<dt><a href="${escapeHtml(path)}">${name}</a></dt><dd>${what}</dd>`).join('\n')}</dl>
</main>`;
}
