import { expect, it } from 'vitest';
import { parseIgnition } from '../../src/domain/ignition/parse-ignition';
import { renderMachineConfig, startMachineConfigServer } from './machine-config-server';

it('machines get their configuration once it is there', async () => {
  const asked: string[] = [];
  const server = await startMachineConfigServer({ tls: undefined, onRequest: (path) => asked.push(path) });
  try {
    const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
    expect((await get('/config/master')).status).toBe(503);
    server.serve(renderMachineConfig('the kubeconfig'));
    const config = parseIgnition(await (await get('/config/master')).text());
    expect(config.storage?.files?.map(({ path }) => path)).toEqual(['/etc/kubernetes/kubeconfig']);
    expect(config.systemd?.units?.map(({ name }) => name)).toEqual(['kubelet.service']);
    expect((await get('/config/other')).status).toBe(404);
    expect(asked).toEqual(['/config/master', '/config/master', '/config/other']);
  } finally {
    await server.close();
  }
});
