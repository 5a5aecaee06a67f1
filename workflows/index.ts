export { cluster } from './cluster/workflow';
export { baseImage } from './images/workflow';
export { monitor } from './monitor/workflow';
export { serviceImage } from './service-image/workflow';
