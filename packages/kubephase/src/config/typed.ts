/** Checks the documents of the init family against the schema of their version and converts them to v1beta4. */
import { convertCluster, convertInit, timeoutForControlPlane } from './convert/v1beta3.ts';
import type { Reporter } from './findings.ts';
import { checkDocument, isOldDocument, type CheckedDocument } from './schema/check.ts';
import * as oldCluster from './v1beta3/cluster-configuration.ts';
import * as oldInit from './v1beta3/init-configuration.ts';
import { clusterConfiguration, type GivenCluster } from './v1beta4/cluster-configuration.ts';
import { initConfiguration, type GivenInit } from './v1beta4/init-configuration.ts';

/** Returns undefined when the types are so wrong that nothing can be made of the document. */
export function typedInit(document: CheckedDocument, reporter: Reporter): GivenInit | undefined {
  if (!isOldDocument(document)) return checkDocument(initConfiguration, document, reporter);
  const old = checkDocument(oldInit.initConfiguration, document, reporter);
  return old && convertInit(old);
}

/** A cluster document, and the wait that v1beta3 keeps in it instead of in the InitConfiguration. */
export interface TypedCluster {
  readonly cluster: GivenCluster;
  readonly controlPlaneTimeout: string | undefined;
}

/** Returns undefined when the types are so wrong that nothing can be made of the document. */
export function typedCluster(document: CheckedDocument, reporter: Reporter): TypedCluster | undefined {
  if (isOldDocument(document)) {
    const old = checkDocument(oldCluster.clusterConfiguration, document, reporter);
    return old && { cluster: convertCluster(old), controlPlaneTimeout: timeoutForControlPlane(old) };
  }
  const cluster = checkDocument(clusterConfiguration, document, reporter);
  return cluster && { cluster, controlPlaneTimeout: undefined };
}
