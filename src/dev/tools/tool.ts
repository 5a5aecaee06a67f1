import { devSettings } from '../settings';

/** A program of another project that the stack needs, and the ways to get it. */
export interface Tool {
  name: string;
  version: string;
  /** For people: what it is. */
  title: string;
  /** Release archives (.tar.gz) that hold the program, best first. */
  releases: { archive: string; checksums?: string }[];
  /** What `go install` takes. */
  goPackage: string;
  /** Name of the program that Go makes of it, where that is another one. */
  goProgram?: string;
  /** Whether the output of `--version` shows a program the stack can use. */
  accepts: (versionOutput: string) => boolean;
}

export const temporalTool: Tool = {
  name: 'temporal',
  version: devSettings.temporal.cliVersion,
  title: 'Temporal server',
  releases: temporalReleases(devSettings.temporal.cliVersion),
  goPackage: `github.com/temporalio/cli/cmd/temporal@v${devSettings.temporal.cliVersion}`,
  accepts: (output) => {
    const server = /Server (\d+)\.(\d+)/.exec(output);
    const [major, minor] = devSettings.temporal.minimumServerVersion.split('.').map(Number);
    if (!server || major === undefined || minor === undefined) return false;
    return Number(server[1]) > major || (Number(server[1]) === major && Number(server[2]) >= minor);
  },
};

export const versitygwTool: Tool = {
  name: 'versitygw',
  version: devSettings.s3.version,
  title: 'S3 server',
  releases: versitygwReleases(devSettings.s3.version),
  goPackage: `github.com/versity/versitygw/cmd/versitygw@v${devSettings.s3.version}`,
  accepts: (output) => output.includes('Version'),
};

/** Ignition's own validator: for the tests, its releases are no archives. */
export const ignitionValidateTool: Tool = {
  name: 'ignition-validate',
  version: '2.20.0',
  title: 'Ignition validator',
  releases: [],
  goPackage: 'github.com/coreos/ignition/v2/validate@v2.20.0',
  goProgram: 'validate',
  accepts: (output) => output.startsWith('Ignition'),
};

function temporalReleases(version: string): Tool['releases'] {
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const release = `https://github.com/temporalio/cli/releases/download/v${version}`;
  return [
    { archive: `${release}/temporal_cli_${version}_linux_${arch}.tar.gz`, checksums: `${release}/checksums.txt` },
    { archive: `https://temporal.download/cli/archive/v${version}?platform=linux&arch=${arch}` },
  ];
}

function versitygwReleases(version: string): Tool['releases'] {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const release = `https://github.com/versity/versitygw/releases/download/v${version}`;
  return [{ archive: `${release}/versitygw_v${version}_Linux_${arch}.tar.gz`, checksums: `${release}/checksums.txt` }];
}
