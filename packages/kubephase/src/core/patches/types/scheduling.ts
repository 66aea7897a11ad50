/** Field types of what places a Pod on a node. Notation: see `notation.ts`. Facts from the Kubernetes API, v1.36. */
export const schedulingTypes = {
  Affinity: 'nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity',
  NodeAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
    preferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm`,
  NodeSelector: 'nodeSelectorTerms:[]NodeSelectorTerm',
  NodeSelectorTerm: 'matchExpressions:[]NodeSelectorRequirement matchFields:[]NodeSelectorRequirement',
  NodeSelectorRequirement: 'key operator values:[]string',
  PreferredSchedulingTerm: 'weight:integer preference:NodeSelectorTerm',
  PodAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm
    preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm`,
  PodAffinityTerm: `
    labelSelector:LabelSelector namespaces:[]string topologyKey namespaceSelector:LabelSelector matchLabelKeys:[]string
    mismatchLabelKeys:[]string`,
  WeightedPodAffinityTerm: 'weight:integer podAffinityTerm:PodAffinityTerm',
  PodAntiAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm
    preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm`,
  Toleration: 'key operator value effect tolerationSeconds:integer',
  TopologySpreadConstraint: `
    maxSkew:integer topologyKey whenUnsatisfiable labelSelector:LabelSelector minDomains:integer nodeAffinityPolicy
    nodeTaintsPolicy matchLabelKeys:[]string`,
} as const;
