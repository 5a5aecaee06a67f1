/** The parts of an OpenAPI 3.0 document that the reference shows. */
export interface ShownSchema {
  $ref?: string;
  type?: string;
  format?: string;
  description?: string;
  nullable?: boolean;
  enum?: unknown[];
  default?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  items?: ShownSchema;
  allOf?: ShownSchema[];
  properties?: Record<string, ShownSchema>;
  required?: string[];
  additionalProperties?: ShownSchema | boolean;
}

export interface ShownParameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: ShownSchema;
}

export interface ShownOperation {
  operationId: string;
  summary?: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: ShownParameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: ShownSchema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: ShownSchema }> }>;
}

export interface ShownDocument {
  info: { title: string; version: string; description?: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, ShownOperation>>;
  components: {
    schemas?: Record<string, ShownSchema>;
    securitySchemes?: Record<string, { in: string; name: string; description?: string }>;
  };
}
