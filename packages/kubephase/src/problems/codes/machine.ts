/** Codes of what stands on this machine: command line, configuration, host, PKI, static Pods. */
import type { CodeTable } from '../exit-code.ts';

/** Of the command line, beside those that its parser reports (`phaserunner`). */
export const commandLineCodes = {
  STDIN_UNUSABLE: {
    meaning: 'A file was to be read from standard input (`-`), but that is a terminal or closed. Send the file through a pipe or name it.',
    exit: 'usage',
  },
  SETTINGS_UNREADABLE: { meaning: 'The settings file that `KUBEPHASE_SETTINGS` names does not exist or cannot be read.', exit: 'usage' },
  SETTINGS_INVALID: { meaning: 'The settings file is not YAML, or a field of it is unknown or has the wrong form.', exit: 'usage' },
  SETTINGS_EXPOSED: {
    meaning:
      'kubephase runs as root, and the settings file or a file with extra phases could be changed by another user: it, or a folder or link on the way to it, belongs to that user or is writable by group or others.',
    exit: 'usage',
  },
  OUTPUT_FORMAT_UNKNOWN: { meaning: 'The value of `-o` names an output format that does not exist.', exit: 'usage' },
  OUTPUT_TEMPLATE_MISSING: {
    meaning: 'The output format needs a template, or the name of a file with one, behind an equals sign.',
    exit: 'usage',
  },
  OUTPUT_TEMPLATE_UNREADABLE: { meaning: 'The file with the template for the output does not exist or cannot be read.', exit: 'usage' },
  OUTPUT_TEMPLATE_INVALID: { meaning: 'The template for the output breaks the rules of Go templates or of JSONPath.', exit: 'usage' },
  OUTPUT_TEMPLATE_FAILED: {
    meaning: 'The template for the output asks for something that the object does not have, or that makes no sense for its values.',
    exit: 'usage',
  },
} as const satisfies CodeTable;

/** Of the configuration file and of values given by flags. */
export const configurationCodes = {
  CONFIG_UNREADABLE: { meaning: 'The configuration file does not exist or cannot be read.', exit: 'configuration' },
  CONFIG_SYNTAX: { meaning: 'The configuration file is not YAML or JSON.', exit: 'configuration' },
  CONFIG_TOO_LARGE: {
    meaning: 'The configuration file passes a limit of size, nesting, number of documents or expansion of aliases.',
    exit: 'configuration',
  },
  CONFIG_MISSING_KIND: { meaning: 'A document has no apiVersion with group and version, or no kind.', exit: 'configuration' },
  CONFIG_KIND_ABSENT: { meaning: 'The file has none of the kinds that the command reads.', exit: 'configuration' },
  CONFIG_KIND_TWICE: { meaning: 'The file has two documents of one kind.', exit: 'configuration' },
  CONFIG_UNKNOWN_KIND: {
    meaning: 'The kind does not exist in the API version of the document. Documents of foreign kinds are ignored with this warning.',
    exit: 'configuration',
  },
  CONFIG_DOCUMENT_IGNORED: { meaning: 'The document is valid, but the command does not use its kind.', exit: 'configuration' },
  CONFIG_API_VERSION_REMOVED: {
    meaning: 'The API version is too old to be read. The remedy names the tool that still converts it.',
    exit: 'configuration',
  },
  CONFIG_API_VERSION_DEPRECATED: { meaning: 'The API version is still read, but will not be for ever.', exit: 'configuration' },
  CONFIG_COMPONENT_VERSION: {
    meaning: 'A kubelet or kube-proxy configuration has an API version that is not supported; convert it by hand.',
    exit: 'configuration',
  },
  CONFIG_COMPONENT_OVERRIDE: {
    meaning: 'A kubelet or kube-proxy configuration sets a field to another value than the tool recommends. The value given is kept.',
    exit: 'configuration',
  },
  CONFIG_UNKNOWN_FIELD: { meaning: 'The document has a field that its kind does not have; it has no effect.', exit: 'configuration' },
  CONFIG_DUPLICATE_KEY: { meaning: 'A mapping has a key twice; the last value counts.', exit: 'configuration' },
  CONFIG_WRONG_TYPE: { meaning: 'A field has a value of another type than it takes.', exit: 'configuration' },
  CONFIG_INVALID_VALUE: { meaning: 'A field has a value that is not allowed. The text says what is.', exit: 'configuration' },
  CONFIG_QUESTIONABLE_VALUE: { meaning: 'A field has a value that is accepted, but probably not what is wanted.', exit: 'configuration' },
  CONFIG_VALUE_ADJUSTED: { meaning: 'A value was completed or replaced to make it usable.', exit: 'configuration' },
  CONFIG_FEATURE_GATE: { meaning: 'A feature gate is deprecated or can no longer be changed.', exit: 'configuration' },
  CONFIG_FLAG_UNUSED: { meaning: 'A flag has no effect because another flag that it belongs to is missing.', exit: 'configuration' },
  CONFIG_MORE_FINDINGS: {
    meaning: 'The configuration has so many problems that only the first ones are reported.',
    exit: 'configuration',
  },
  CRI_SOCKET_AMBIGUOUS: {
    meaning: 'Several container runtimes answer on this machine and none was chosen.',
    exit: 'configuration',
  },
  ADVERTISE_ADDRESS_UNKNOWN: {
    meaning: 'No address could be found that the API server can announce; give one.',
    exit: 'configuration',
  },
  VERSION_INVALID: { meaning: 'The Kubernetes version is neither a version nor a label such as stable-1.36.', exit: 'configuration' },
  VERSION_UNSUPPORTED: { meaning: 'The Kubernetes version is outside the range that this tool deploys.', exit: 'configuration' },
  VERSION_LABEL_UNRESOLVED: {
    meaning: 'A version label such as stable-1 could not be looked up; the newest version known to this tool is used.',
    exit: 'configuration',
    retryable: true,
  },
} as const satisfies CodeTable;

/** Of the machine: files, services, users. */
export const hostCodes = {
  FILE_UNREADABLE: { meaning: 'A file exists but cannot be read: permissions, or it is a pipe, a device or a socket.', exit: 'host' },
  FILE_TOO_LARGE: { meaning: 'A file is longer than any that is read at its place; usually another one was meant.', exit: 'host' },
  FILE_UNWRITABLE: {
    meaning: 'A file or directory cannot be created or replaced; usually missing permissions or a read-only file system.',
    exit: 'host',
  },
  FILE_NO_SPACE: {
    meaning: 'The disk, or the quota of the user, has no room left for a file. The file that was there is untouched.',
    exit: 'host',
  },
  FILE_NOT_STAGED: {
    meaning: 'A file left by an interrupted run was to be put into place, but it is no longer there.',
    exit: 'host',
  },
  PATH_NOT_ABSOLUTE: { meaning: 'A path does not start with a slash where only an absolute one has a meaning.', exit: 'usage' },
  ROOTFS_INVALID: { meaning: 'The directory given with --rootfs does not exist, is not a directory or cannot be entered.', exit: 'usage' },
  DRY_RUN_DIRECTORY_IN_USE: {
    meaning: 'The directory chosen for the files of a dry run is one that a real run writes to. Choose another one.',
    exit: 'usage',
  },
  DRY_RUN_DIRECTORY_EXPOSED: {
    meaning:
      'The directory chosen for the files of a dry run is a link, could be changed by other users, or holds something else. A new path is always right.',
    exit: 'usage',
  },
  RUN_LOCKED: {
    meaning:
      'Another run is at work on this machine, or on the root folder given with --rootfs. Run again when it has ended, or let the command wait with --wait-for-lock.',
    exit: 'locked',
    retryable: true,
  },
  RUN_LOCK_UNAVAILABLE: {
    meaning: 'Runs cannot be kept apart, because neither /run nor /dev/shm nor /tmp can hold the lock. Nothing was done.',
    exit: 'host',
  },
  SERVICE_MANAGER_MISSING: {
    meaning: 'A service was to be stopped or started, but neither systemd nor OpenRC was found, or OpenRC lacks one of its programs.',
    exit: 'host',
  },
  PROGRAM_FAILED: { meaning: 'A program that kubephase called could not be started or reported an error.', exit: 'host' },
  COMMAND_TIMED_OUT: { meaning: 'A program that kubephase called did not end in time and was stopped.', exit: 'timeout', retryable: true },
  NAME_NOT_FOUND: {
    meaning: 'A host name has no address in the hosts file or the DNS, or no name server answered in time.',
    exit: 'host',
    retryable: true,
  },
  UNMOUNT_FAILED: { meaning: 'A file system could not be unmounted; usually a process still uses it.', exit: 'host', retryable: true },
} as const satisfies CodeTable;

/** Of certificates, keys and kubeconfig files. */
export const pkiCodes = {
  PKI_UNDECODABLE: { meaning: 'Data that should be a certificate or a key cannot be decoded.', exit: 'host' },
  PKI_FILE_INVALID: {
    meaning:
      'A certificate or key file exists, but its content cannot be used. Restore it from a backup, or remove it to have it made again.',
    exit: 'host',
  },
  PKI_INCOMPLETE_PAIR: {
    meaning: 'Of two files that belong together, a key and its certificate, only one exists. Restore the other, or remove the one.',
    exit: 'host',
  },
  PKI_KEY_MISMATCH: { meaning: 'A private key and the certificate beside it do not belong together.', exit: 'host' },
  PKI_KEY_EXPOSED: { meaning: 'A private key can be read or changed by other users of the machine.', exit: 'host' },
  PKI_KEY_UNSUPPORTED: { meaning: 'A key is of a kind that cannot sign certificates here, such as Ed25519.', exit: 'host' },
  PKI_NOT_AN_AUTHORITY: { meaning: 'The certificate of a certificate authority does not allow it to sign others.', exit: 'host' },
  PKI_AUTHORITY_MISSING: {
    meaning: 'Files exist that a certificate authority signed, but the authority itself is missing; a new one would not fit them.',
    exit: 'host',
  },
  PKI_EXTERNAL_CA_INCOMPLETE: {
    meaning:
      'A certificate authority without its key is on disk, so that nothing can be signed, and a file that it should have signed is missing.',
    exit: 'host',
  },
  CERT_EXPIRED: { meaning: 'A certificate is past its last day. Remove or renew it.', exit: 'host' },
  CERT_NOT_YET_VALID: {
    meaning: 'A certificate is valid only from a later time on. Usually the clock of this machine is wrong.',
    exit: 'host',
  },
  CERT_NOT_SIGNED_BY_CA: { meaning: 'A certificate was not signed by the certificate authority that lies beside it.', exit: 'host' },
  CERT_NAMES_INVALID: { meaning: 'The names for a certificate cannot be worked out from the configuration.', exit: 'configuration' },
  ENDPOINT_INVALID: {
    meaning: 'The control-plane endpoint is not a host name or IP address with an optional port.',
    exit: 'configuration',
  },
  KUBECONFIG_INVALID: {
    meaning: 'A kubeconfig file exists, but cannot be used. Remove it to have it made again.',
    exit: 'host',
  },
  KUBECONFIG_FOREIGN_CA: {
    meaning: "A kubeconfig file trusts another certificate authority than the one in the cluster's certificate folder.",
    exit: 'host',
  },
} as const satisfies CodeTable;

/** Of static Pods, patches and the kubelet's files. */
export const staticPodCodes = {
  PATCHES_MISSING: { meaning: 'The folder with patches does not exist, or is not a folder.', exit: 'configuration' },
  PATCH_UNREADABLE: {
    meaning: 'A patch file is not YAML or JSON, or its name asks for a type of patch that does not exist.',
    exit: 'configuration',
  },
  PATCH_NOT_APPLICABLE: {
    meaning: 'A patch does not fit the object that it should change: a list item without its key, a JSON patch whose path or test fails.',
    exit: 'configuration',
  },
  PATCH_CHANGES_KIND: { meaning: 'A patch changes `apiVersion` or `kind`, which would make another object of it.', exit: 'configuration' },
  PATCH_RESULT_INVALID: {
    meaning: 'A field of a patched object has a value of the wrong type, such as a number where text is needed.',
    exit: 'configuration',
  },
  USERS_INVALID: {
    meaning: 'The files of users and groups cannot be read, or hold an entry of a name that kubephase needs with other properties.',
    exit: 'host',
  },
} as const satisfies CodeTable;
