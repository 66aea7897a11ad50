/** Codes of the configuration file and of values given by flags. */
import type { CodeTable } from './code.ts';

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
  },
} as const satisfies CodeTable;
