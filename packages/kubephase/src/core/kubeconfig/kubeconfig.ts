/** The data of a kubeconfig file. Fields that are not named here are kept as they are. */

export interface KubeconfigCluster {
  readonly server?: string;
  /** Base64 of PEM. */
  readonly 'certificate-authority-data'?: string;
  /** Path of a PEM file, used when there is no data. */
  readonly 'certificate-authority'?: string;
  readonly [field: string]: unknown;
}

export interface KubeconfigContext {
  readonly cluster?: string;
  readonly user?: string;
  readonly [field: string]: unknown;
}

export interface KubeconfigUser {
  /** Base64 of PEM. */
  readonly 'client-certificate-data'?: string;
  /** Base64 of PEM. */
  readonly 'client-key-data'?: string;
  /** Path of a PEM file, used when there is no data. */
  readonly 'client-certificate'?: string;
  /** Path of a PEM file, used when there is no data. */
  readonly 'client-key'?: string;
  readonly token?: string;
  readonly [field: string]: unknown;
}

export interface Kubeconfig {
  readonly clusters: readonly { readonly name: string; readonly cluster: KubeconfigCluster }[];
  readonly contexts: readonly { readonly name: string; readonly context: KubeconfigContext }[];
  readonly users: readonly { readonly name: string; readonly user: KubeconfigUser }[];
  /** Empty when the file names none. */
  readonly 'current-context': string;
  readonly [field: string]: unknown;
}
