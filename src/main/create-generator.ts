import type { Settings } from '../config/schema';
import type { ArtefactGenerator } from '../installer/artefact-generator';
import { createBuiltinGenerator } from '../installer/builtin-generator';
import { createOpenshiftInstallGenerator } from '../installer/openshift-install/openshift-install-generator';
import { artefactSite } from './artefact-site';
import { networkedEnvironment } from './program-environment';
import { runProgram } from '../programs/run-program';

/** Directories of failed runs that are kept for whoever looks into them. */
const keptFailures = 10;

/** Who makes the artefacts of installations, as the configuration says. */
export function createGenerator(settings: Settings): ArtefactGenerator {
  const site = artefactSite(settings);
  if (settings.INSTALLATION_GENERATOR === 'builtin') return createBuiltinGenerator(site);
  return createOpenshiftInstallGenerator(site, {
    run: runProgram,
    env: networkedEnvironment(settings),
    client: settings.OPENSHIFT_CLIENT,
    workDir: settings.INSTALLER_WORK_DIR,
    timeoutMs: settings.INSTALLER_TIMEOUT,
    invoker: settings.INSTALL_INVOKER,
    keptFailures,
  });
}
