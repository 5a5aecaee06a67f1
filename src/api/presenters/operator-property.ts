import type { OperatorProperty } from '../../domain/cluster/operator-properties';
import type { WireOperatorProperty } from '../schemas/operator-property';
import { omitEmpty } from './wire-values';

export const presentOperatorProperty = ({ name, dataType, mandatory, options, description, defaultValue }: OperatorProperty): WireOperatorProperty => ({
  name,
  data_type: dataType,
  options,
  ...omitEmpty({ mandatory, description, default_value: defaultValue }),
});
