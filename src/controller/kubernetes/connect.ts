import { CertificatesV1Api, CoreV1Api, createConfiguration, CustomObjectsApi, KubeConfig, KubernetesObjectApi, ServerConfiguration, type Middleware } from '@kubernetes/client-node';

/** The parts of the API of a Kubernetes cluster. */
export interface KubernetesApis {
  core: CoreV1Api;
  certificates: CertificatesV1Api;
  custom: CustomObjectsApi;
  objects: KubernetesObjectApi;
}

const timeoutMs = 30_000;

/** Clients for the cluster of a configuration; each request ends after 30 seconds, or with the signal. */
export function connectKubernetes(config: KubeConfig, signal: AbortSignal): KubernetesApis {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Error('the kubeconfig names no cluster');
  const limit: Middleware = {
    pre: (context) => {
      // Node 20 collects a signal of AbortSignal.timeout that only another signal refers to: the timer is our own.
      const late = new AbortController();
      setTimeout(() => late.abort(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs).unref();
      context.setSignal(AbortSignal.any([signal, late.signal]));
      return Promise.resolve(context);
    },
    post: (context) => Promise.resolve(context),
  };
  const configuration = createConfiguration({ baseServer: new ServerConfiguration(server, {}), authMethods: { default: config }, promiseMiddleware: [limit] });
  return {
    core: new CoreV1Api(configuration),
    certificates: new CertificatesV1Api(configuration),
    custom: new CustomObjectsApi(configuration),
    objects: new KubernetesObjectApi(configuration),
  };
}

/** The way into the cluster that the controller runs in: a kubeconfig by its path, else the service account of its pod. */
export function loadKubeConfig(path: string | undefined): KubeConfig {
  const config = new KubeConfig();
  if (path === undefined) config.loadFromCluster();
  else config.loadFromFile(path);
  return config;
}

/** Leads the clusters of a configuration to where another one leads, under the names that their certificates have. */
export function redirectKubeConfig(config: KubeConfig, to: KubeConfig): void {
  const server = to.getCurrentCluster()?.server;
  if (server === undefined) throw new Error('the kubeconfig names no cluster');
  config.clusters = config.clusters.map((cluster) => ({ ...cluster, server, tlsServerName: cluster.tlsServerName ?? new URL(cluster.server).hostname }));
}
