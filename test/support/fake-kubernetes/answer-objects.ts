import { parse } from 'yaml';
import { ApiFailure } from './api-failure';
import type { Target } from './find-target';
import type { Kind } from './kinds';
import { mergePatch, type ObjectStore, type StoredObject } from './object-store';

export interface ApiRequest {
  method: string;
  query: URLSearchParams;
  contentType: string;
  body: string;
}

type ObjectTarget = Extract<Target, { kind: 'objects' }>;

const notFound = (target: ObjectTarget): ApiFailure => new ApiFailure(404, 'NotFound', `${target.of.plural} "${target.name ?? ''}" not found`);

function getObject(store: ObjectStore, target: ObjectTarget): StoredObject {
  const found = store.find(target.of, target.namespace, target.name ?? '');
  if (!found) throw notFound(target);
  return found;
}

/** Equality selectors: a=b,c=d. */
export function isSelected(object: StoredObject, selector: string | null): boolean {
  const terms = (selector ?? '').split(',').filter((term) => term !== '');
  return terms.every((term) => {
    const [name = '', value] = term.split('=');
    return object.metadata.labels?.[name] === value;
  });
}

function parseBody(of: Kind, { body, contentType }: ApiRequest): StoredObject {
  const parsed = (contentType.includes('yaml') ? parse(body) : JSON.parse(body)) as StoredObject;
  if (parsed.kind !== of.kind || parsed.apiVersion !== of.apiVersion) throw new ApiFailure(400, 'BadRequest', `the body is ${parsed.apiVersion} ${parsed.kind}, not ${of.apiVersion} ${of.kind}`);
  return parsed;
}

function withNamespace(object: StoredObject, { of, namespace }: ObjectTarget): StoredObject {
  return of.namespaced ? { ...object, metadata: { ...object.metadata, namespace: namespace ?? 'default' } } : object;
}

function replace(store: ObjectStore, target: ObjectTarget, next: StoredObject): StoredObject {
  const before = getObject(store, target);
  const version = next.metadata.resourceVersion;
  if (version !== undefined && version !== before.metadata.resourceVersion) throw new ApiFailure(409, 'Conflict', `${target.of.plural} "${before.metadata.name}": the object has been modified`);
  // An approval and a status are written beside the rest, which stays.
  return store.put(target.of, target.subresource === undefined ? next : { ...before, status: next['status'] });
}

function patch(store: ObjectStore, target: ObjectTarget, request: ApiRequest): StoredObject {
  const before = store.find(target.of, target.namespace, target.name ?? '');
  if (request.contentType.startsWith('application/apply-patch')) {
    if (!request.query.get('fieldManager')) throw new ApiFailure(422, 'Invalid', 'fieldManager is required for apply patch');
    return store.put(target.of, withNamespace(mergePatch(before, parseBody(target.of, request)) as StoredObject, target));
  }
  if (!request.contentType.startsWith('application/merge-patch')) throw new ApiFailure(415, 'UnsupportedMediaType', `${request.contentType} is not served here`);
  if (!before) throw notFound(target);
  return store.put(target.of, mergePatch(before, JSON.parse(request.body)) as StoredObject);
}

/** The answer to a request for objects, logs and watches apart. Throws ApiFailure. */
export function answerObjects(store: ObjectStore, target: ObjectTarget, request: ApiRequest): { status: number; body: object } {
  const { of, namespace, name } = target;
  switch (request.method) {
    case 'GET': {
      if (name !== undefined) return { status: 200, body: getObject(store, target) };
      const items = store.list(of, namespace).filter((object) => isSelected(object, request.query.get('labelSelector')));
      return { status: 200, body: { kind: `${of.kind}List`, apiVersion: of.apiVersion, metadata: { resourceVersion: store.latestVersion }, items } };
    }
    case 'POST': {
      const object = withNamespace(parseBody(of, request), target);
      if (store.find(of, namespace, object.metadata.name)) throw new ApiFailure(409, 'AlreadyExists', `${of.plural} "${object.metadata.name}" already exists`);
      return { status: 201, body: store.put(of, object) };
    }
    case 'PUT':
      return { status: 200, body: replace(store, target, parseBody(of, request)) };
    case 'PATCH':
      return { status: 200, body: patch(store, target, request) };
    case 'DELETE':
      store.remove(of, getObject(store, target));
      return { status: 200, body: { kind: 'Status', apiVersion: 'v1', status: 'Success' } };
    default:
      throw new ApiFailure(405, 'MethodNotAllowed', `${request.method} is not served here`);
  }
}
