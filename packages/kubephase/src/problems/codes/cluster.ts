/** Codes of what the cluster answers: Kubernetes API, container runtime, etcd. */
import type { CodeTable } from '../exit-code.ts';

/** Of the Kubernetes API, health endpoints, bootstrap tokens, add-ons and the container runtime. */
export const clusterCodes = {
  KUBE_ALREADY_EXISTS: { meaning: 'An object to be created exists already.', exit: 'cluster' },
  KUBE_NOT_FOUND: { meaning: 'An object to be changed does not exist.', exit: 'cluster' },
  KUBE_CONFLICT: { meaning: 'An object was changed by somebody else between reading and writing it.', exit: 'cluster', retryable: true },
  KUBE_UNAUTHORIZED: {
    meaning: 'The API server does not accept the credentials: they have expired, are not valid yet, or belong to another cluster.',
    exit: 'cluster',
  },
  KUBE_FORBIDDEN: { meaning: 'The credentials used do not allow the request.', exit: 'cluster' },
  KUBE_INVALID: { meaning: 'The API server refused the content of an object.', exit: 'cluster' },
  KUBE_UNREACHABLE: { meaning: 'The API server did not answer.', exit: 'cluster', retryable: true },
  KUBE_UNTRUSTED: {
    meaning:
      'The certificate of the API server is not accepted: it has expired, is not valid yet, has another name, or is from an unknown authority.',
    exit: 'cluster',
  },
  KUBE_REQUEST_FAILED: { meaning: 'The API server answered with an error that has no code of its own.', exit: 'cluster', retryable: true },
  KUBE_WRITE_TIMED_OUT: {
    meaning: 'An object could not be written within the time for calls of the API, although it was tried again and again.',
    exit: 'timeout',
    retryable: true,
  },
  WAIT_TIMED_OUT: { meaning: 'Something that was waited for did not happen in time.', exit: 'timeout', retryable: true },
  HEALTH_UNREACHABLE: { meaning: 'A health endpoint did not answer.', exit: 'cluster', retryable: true },
  PREFLIGHT_FAILED: {
    meaning:
      'A preflight check found something that would make the run fail. The name of the check can be given to `--ignore-preflight-errors`.',
    exit: 'preflight',
  },
  PREFLIGHT_CHECK_UNKNOWN: {
    meaning: 'A check that was named, usually in order to ignore it, does not exist.',
    exit: 'usage',
  },
  TOKEN_EXISTS: { meaning: 'The cluster has a bootstrap token with that id already.', exit: 'cluster' },
  UPLOAD_OWNER_MISSING: {
    meaning: 'The Secret that gives uploaded certificates their lifetime could not be read back after it was written. Try again.',
    exit: 'cluster',
    retryable: true,
  },
  UPLOAD_CERTS_EXTERNAL_CA: {
    meaning: '`--upload-certs` was given, but the key of a certificate authority is kept away from this machine.',
    exit: 'configuration',
  },
  DNS_AMBIGUOUS: { meaning: 'Several Deployments have the label of the DNS of the cluster.', exit: 'cluster' },
  DNS_COREFILE_MISSING: { meaning: 'The ConfigMap of CoreDNS exists without its configuration.', exit: 'cluster' },
  DNS_VERSION_UNKNOWN: {
    meaning: 'The installed CoreDNS is not a version from which the one of the release can be reached.',
    exit: 'cluster',
  },
  DNS_ADDRESS_UNAVAILABLE: { meaning: 'The Service network is too small to hold the address of the DNS.', exit: 'configuration' },
  KUBELET_UNHEALTHY: {
    meaning:
      'The kubelet did not become healthy in time, or cannot any more. Its service log tells why; the likely cause is in the detail.',
    exit: 'timeout',
    retryable: true,
  },
  CONTROL_PLANE_UNHEALTHY: {
    meaning:
      'A component of the control plane did not become healthy in time, or cannot any more. State, likely cause and last lines of its log are shown.',
    exit: 'timeout',
    retryable: true,
  },
  COMPONENT_MANIFEST_UNUSABLE: {
    meaning: 'The static Pod manifest of a component is missing, or cannot be read, so that nobody knows where to ask for its health.',
    exit: 'host',
  },
  ADMIN_BINDING_FAILED: {
    meaning: 'The binding that gives admin.conf its rights could not be created in time.',
    exit: 'cluster',
    retryable: true,
  },
  SUPER_ADMIN_MISSING: {
    meaning: 'The group of admin.conf has no rights yet, and super-admin.conf, which could give them, does not exist.',
    exit: 'cluster',
  },
  CRI_UNREACHABLE: {
    meaning: 'Nothing answered in time at the socket of the container runtime. Start the runtime, or name the right socket.',
    exit: 'cluster',
    retryable: true,
  },
  CRI_REQUEST_FAILED: {
    meaning: 'The container runtime answered with an error. Its log tells why; it may be too old or have the interface switched off.',
    exit: 'cluster',
    retryable: true,
  },
  IMAGE_PULL_FAILED: {
    meaning: 'The container runtime could not get an image: its name is wrong, or the registry cannot be reached or refuses.',
    exit: 'cluster',
    retryable: true,
  },
} as const satisfies CodeTable;

/** Of etcd. */
export const etcdCodes = {
  ETCD_UNREACHABLE: {
    meaning: 'No endpoint of etcd answered in time, or etcd and this machine do not trust the certificates of each other.',
    exit: 'cluster',
    retryable: true,
  },
  ETCD_CREDENTIALS_INVALID: { meaning: 'A certificate or key with which etcd is to be asked cannot be used.', exit: 'host' },
  ETCD_REQUEST_FAILED: { meaning: 'etcd answered with an error that has no code of its own.', exit: 'cluster', retryable: true },
  ETCD_MEMBER_NOT_FOUND: { meaning: 'etcd has no member with that ID. It was removed already, or never added.', exit: 'cluster' },
  ETCD_MEMBER_EXISTS: { meaning: 'etcd has a member with one of the given peer URLs already.', exit: 'cluster' },
  ETCD_LEARNER_NOT_READY: {
    meaning: 'A learner of etcd does not have all data yet and cannot get its vote. Try again a little later.',
    exit: 'cluster',
    retryable: true,
  },
  ETCD_NOT_A_LEARNER: { meaning: 'A member of etcd that was to get its vote has it already.', exit: 'cluster' },
  ETCD_TOO_MANY_LEARNERS: {
    meaning: 'etcd takes no further learner until the one that it has was promoted or removed.',
    exit: 'cluster',
    retryable: true,
  },
  ETCD_UNHEALTHY_CLUSTER: {
    meaning: 'Too few members of etcd are healthy and connected for a change. Right after a change this passes within seconds.',
    exit: 'cluster',
    retryable: true,
  },
} as const satisfies CodeTable;
