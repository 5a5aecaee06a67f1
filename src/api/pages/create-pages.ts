import { basePath } from '../presenters/wire-values';
import type { Reply } from '../reply';
import { pageReply } from './page';
import type { ShownDocument } from './reference/document';
import { renderReference } from './reference/render-reference';
import { renderStart } from './render-start';

export interface Page {
  path: string;
  reply: Reply;
}

/** The pages for people, made once of the document that is served. */
export function createPages(document: ShownDocument): Page[] {
  const { title, version, description = '' } = document.info;
  return [
    { path: '/', reply: pageReply(title, renderStart({ title, version, description }, basePath)) },
    { path: `${basePath}/docs`, reply: pageReply(`${title}: API reference`, renderReference(document, { document: `${basePath}/openapi`, start: '/' })) },
  ];
}
