import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Kind } from './kinds';

export interface StoredObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; uid?: string; resourceVersion?: string; creationTimestamp?: string };
  [field: string]: unknown;
}

export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: StoredObject;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON merge patch (RFC 7396). */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

/** The objects of a cluster, in memory, with what changes about them. */
export class ObjectStore {
  readonly changes = new EventEmitter<{ change: [Change] }>();
  private readonly objects = new Map<string, StoredObject>();
  private version = 0;

  find(kind: Kind, namespace: string | undefined, name: string): StoredObject | undefined {
    return this.objects.get(this.keyOf(kind, namespace, name));
  }

  list(kind: Kind, namespace?: string): StoredObject[] {
    return [...this.objects.values()].filter((object) => object.kind === kind.kind && object.apiVersion === kind.apiVersion && (namespace === undefined || object.metadata.namespace === namespace));
  }

  get latestVersion(): string {
    return String(this.version);
  }

  put(kind: Kind, object: StoredObject): StoredObject {
    const key = this.keyOf(kind, object.metadata.namespace, object.metadata.name);
    const before = this.objects.get(key);
    const { uid = randomUUID(), creationTimestamp = new Date().toISOString() } = before?.metadata ?? {};
    this.version += 1;
    const stored = { ...object, metadata: { ...object.metadata, uid, creationTimestamp, resourceVersion: String(this.version) } };
    this.objects.set(key, stored);
    this.changes.emit('change', { type: before ? 'MODIFIED' : 'ADDED', object: stored });
    return stored;
  }

  remove(kind: Kind, object: StoredObject): void {
    this.version += 1;
    this.objects.delete(this.keyOf(kind, object.metadata.namespace, object.metadata.name));
    this.changes.emit('change', { type: 'DELETED', object });
  }

  private keyOf(kind: Kind, namespace: string | undefined, name: string): string {
    return [kind.apiVersion, kind.plural, kind.namespaced ? (namespace ?? 'default') : '', name].join(' ');
  }
}
