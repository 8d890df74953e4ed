import type { Client } from './clients.js';
import { type Plain, toYaml } from './yaml.js';

/** Where Grafana finds the folder of dashboards. */
const MOUNTED_DASHBOARDS = '/etc/grafana/dashboards';

const COMMENT = [
  'Written by `npm run -w @funnelwatch/dashboards-app generate`; change libs/dashboards instead.',
  'Every folder below /etc/grafana/dashboards becomes a folder of the staff; a client gets the folders that are for clients.',
  'Files win over changes in the browser.',
];

const provider = (orgId: number, name: string, rest: { readonly [key: string]: Plain }): Plain => ({
  name,
  orgId,
  ...rest,
});

const asFiles = { type: 'file', disableDeletion: false, allowUiUpdates: false, updateIntervalSeconds: 30 };

/** The providers of every organisation, as YAML. `clientFolders` hold nothing but what clients may see. */
export const dashboardProvidersYaml = (clients: readonly Client[], clientFolders: readonly string[]): string =>
  toYaml(
    {
      apiVersion: 1,
      providers: [
        provider(1, 'funnelwatch', {
          ...asFiles,
          options: { path: MOUNTED_DASHBOARDS, foldersFromFilesStructure: true },
        }),
        ...clients.flatMap(({ org }) =>
          clientFolders.map((folder) =>
            provider(org, `funnelwatch-${org}-${folder.toLowerCase().replaceAll(' ', '-')}`, {
              folder,
              ...asFiles,
              options: { path: `${MOUNTED_DASHBOARDS}/${folder}` },
            }),
          ),
        ),
      ],
    },
    COMMENT,
  );
