import type { LabelsOf, ServiceMetric } from './service-metrics';

/** One count or observation for a metric; what it is for a gauge, a gauge is set to. */
export type Measure = { [M in ServiceMetric]: { metric: M; labels: LabelsOf<M>; value: number } }[ServiceMetric];

/** Takes measures once what they speak of is stored for good. */
export type RecordMeasures = (measures: readonly Measure[]) => void;
