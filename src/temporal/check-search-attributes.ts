import type { Connection } from '@temporalio/client';
import { clusterSearchAttributes } from '../../workflows/cluster/search-attributes';

/** Names of the search attributes that the namespace lacks. */
export async function findMissingSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return clusterSearchAttributes.map((key) => key.name).filter((name) => !(name in customAttributes));
}
